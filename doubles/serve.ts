/** `tsx doubles/serve.ts [checkout [owner/name]]`: runs the double until Ctrl-C, and prints how to reach it. */
import { startGitHubDouble } from "./github-double.ts";

const [checkout, fullName = "acme/app"] = process.argv.slice(2);
const double = await startGitHubDouble();
if (checkout !== undefined) await double.repository(fullName).loadGit(checkout);
process.stdout.write(`GITHUB_API_URL=${double.url}
GITHUB_TOKEN=${double.token()}
docker login ${double.host} -u any -p $GITHUB_TOKEN
`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void double.stop());

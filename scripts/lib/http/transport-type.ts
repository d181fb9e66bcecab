import type { ClientRequest, RequestOptions } from "node:http";

/** What sends a request: directly, or through a proxy. */
export interface Transport {
  readonly request: (url: URL, options: RequestOptions) => ClientRequest;
}

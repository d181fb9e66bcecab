/** An answer came that is not taken; asking again would not help. The message is a clause: "it …". */
export class HttpRefusal extends Error {}

/** The answer is larger than the caller takes. */
export class TooLarge extends HttpRefusal {}

/** No whole answer came in time. Worth one more attempt, not several: each takes as long. */
export class TooLate extends Error {}

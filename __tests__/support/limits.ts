/** As long as a test may take that does the same many times over: seconds here, much more on a slow machine under load. */
export const loopLimitMs = 180_000;

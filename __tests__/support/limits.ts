/** The time limit of a test that repeats the same many times: seconds here, much more on a slow machine under load. */
export const loopLimitMs = 180_000;

import {posix} from 'node:path';

/**
 * An absolute path in one spelling: without `//`, `/.`, `..` and a trailing slash. `/home/alice/` and `/home/alice` are
 * the same folder, so comparisons need the same spelling.
 */
export const cleanPath = (path: string): string => posix.resolve('/', path);

import {posix} from 'node:path';

/**
 * An absolute path with one name: without `//`, `/.`, `..` and a slash at its end. A home of `/home/alice/` and one of
 * `/home/alice` are the same folder, and every comparison of paths has to see that.
 */
export const cleanPath = (path: string): string => posix.resolve('/', path);

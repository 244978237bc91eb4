/** Whether only this machine can reach a server that listens on the host. */
export const isLoopback = (host: string): boolean =>
	/^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|::1)\.?$/iu.test(host);

/* Hosts as addresses name them. */

/** As the system takes it: an IPv6 address without brackets. */
export const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** On this machine itself: its answer says nothing about a network. `host`: without brackets. */
export const isLoopback = (host: string): boolean =>
	/^(?:localhost|[^.]+\.localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);

/** Nothing is behind host and port: pages whose links begin at the root are served there. */
export const isRoot = (address: string): boolean => /^https?:\/\/[^/?#]+\/*$/i.test(address);

/* Where a server of ours may listen, as it is written in settings and options. */

import {bare, isLoopback} from './host.ts';

/** `port` 0: any that is free. */
export type Place = {readonly host: string; readonly port: number} | {readonly socket: string};

/** `127.0.0.1:8440`, `[::1]:8440` or `unix:/run/cutover/web.sock`; null where it is none of them. */
export function placeOf(text: string): Place | null {
	const [, socket] = /^unix:(\/.+)$/.exec(text) ?? [];
	if (socket !== undefined) return {socket};
	const [, host = '', port = ''] = /^(\[[\da-f:.]+\]|[\w.-]+):(\d{1,5})$/i.exec(text) ?? [];
	return host === '' || Number(port) > 65_535 ? null : {host, port: Number(port)};
}

/** Only processes of this machine reach it. */
export const isOwn = (place: Place): boolean => 'socket' in place || isLoopback(bare(place.host));

/** A Host header that names this machine, as it names itself. */
export const isLoopbackHost = (host: string): boolean => isLoopback(bare(host.replace(/:\d+$/, '')));

/*
A connection through a SOCKS5 proxy (RFC 1928, RFC 1929), such as `ssh -D` opens. The proxy looks the name up, so that it
may be one that only the other side knows.
*/
import {isIP, type Socket} from 'node:net';
import {decoded} from '../text/decoded.ts';
import {coded} from './limit.ts';

/** The next bytes, exactly so many; nothing behind them is taken. */
const take = (socket: Socket, count: number): Promise<Buffer> =>
	new Promise((done, fail) => {
		const end = (): void => fail(coded('ECONNRESET'));
		const look = (): void => {
			const found: Buffer | null = socket.read(count);
			if (found === null) return;
			socket.off('readable', look).off('error', fail).off('end', end);
			done(found);
		};
		socket.on('readable', look).once('error', fail).once('end', end);
		look();
	});

const counted = (text: string): Buffer => {
	const bytes = Buffer.from(text);
	return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

const refusals: Readonly<Record<number, string>> = {
	1: 'general failure',
	3: 'network unreachable',
	4: 'host unreachable',
	5: 'connection refused',
	6: 'time-out',
};

async function logIn(socket: Socket, {username, password}: URL): Promise<boolean> {
	const hasLogin = username !== '' || password !== '';
	socket.write(Buffer.from(hasLogin ? [5, 2, 0, 2] : [5, 1, 0]));
	const [, method] = await take(socket, 2);
	if (method === 0) return true;
	if (method !== 2 || !hasLogin) return false;
	socket.write(Buffer.concat([Buffer.from([1]), counted(decoded(username)), counted(decoded(password))]));
	const [, status] = await take(socket, 2);
	return status === 0;
}

/** Asks an open connection to the proxy for one to the address. `name`: of the proxy, for the reason. */
export async function socksTo(socket: Socket, proxy: URL, name: string, host: string, port: number): Promise<void> {
	if (!(await logIn(socket, proxy))) throw coded('ERR_PROXY', `proxy ${name} wants a login`);
	socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3]), counted(host), Buffer.from([port >> 8, port & 0xff])]));
	const [, reply = 1, , kind] = await take(socket, 4);
	const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
	if (reply === 2) throw coded('ERR_PROXY', `proxy ${name} refuses ${target}`);
	if (reply !== 0)
		throw coded('ERR_TUNNEL', `proxy ${name} could not connect to ${target} (${refusals[reply] ?? `code ${reply}`})`);
	const length = kind === 3 ? ((await take(socket, 1))[0] ?? 0) : kind === 4 ? 16 : 4;
	await take(socket, length + 2);
}

/** A network that can be cut: what is cut is neither forwarded nor closed, as with a route that is gone. */
import {createServer, connect as dial, type Socket} from 'node:net';
import {queryCounter} from './frontend.ts';

export type Network = {
	readonly port: number;
	/** Nothing passes any more, in neither direction. */
	cut(): void;
	/** Connections that are there go on; of a new one nothing passes. */
	cutNew(): void;
	/** What the client sends arrives, what the server answers does not. */
	loseAnswers(): void;
	/** Of each message from now on only the first half arrives, and then nothing. */
	cutInHalf(): void;
	/** Nobody is notified: a pooler that hands out another server process for each transaction does that. */
	deafen(): void;
	/** Connections that are made from now on work again. */
	heal(): void;
	/** So far: connections, and queries of those without TLS. */
	counts(): {readonly connections: number; readonly queries: number; readonly halves: number};
	close(): void;
};

/** Forwards a free port of the loopback to `target`. */
export function proxy(target: number): Promise<Network> {
	let [up, down] = [true, true];
	let [half, deaf, closed] = [false, false, false];
	let [connections, queries, halves] = [0, 0, 0];
	const pass = (sent: boolean, answered: boolean): void => {
		[up, down, half, closed] = [sent, answered, false, false];
	};
	const sockets = new Set<Socket>();
	const server = createServer(client => {
		const there = dial(target, '127.0.0.1');
		let lost = closed;
		const countIn = queryCounter();
		connections++;
		for (const socket of [client, there]) {
			sockets.add(socket.on('error', () => {}));
			socket.on('close', () => {
				sockets.delete(socket);
				if (lost || !up || !down) return;
				client.destroy();
				there.destroy();
			});
		}
		// One that lost something never works again: a stream with a hole is none.
		client.on('data', (bytes: Buffer) => {
			queries += countIn(bytes);
			const listen = deaf ? bytes.indexOf('listen cutover_') : -1;
			if (listen >= 0) bytes.write('listen nowhere_', listen);
			if (up && half && !lost) halves++;
			if (up && !lost) there.write(half ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes);
			if (!up || half) lost = true;
		});
		there.on('data', bytes => {
			if (down && !lost) client.write(bytes);
			else lost = true;
		});
	});
	return new Promise(done => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			done({
				port: typeof address === 'object' && address !== null ? address.port : 0,
				cut: () => pass(false, false),
				cutNew() {
					closed = true;
				},
				loseAnswers: () => pass(true, false),
				cutInHalf() {
					half = true;
				},
				deafen() {
					deaf = true;
				},
				counts: () => ({connections, queries, halves}),
				heal: () => pass(true, true),
				close() {
					server.close();
					for (const socket of sockets) socket.destroy();
				},
			});
		});
	});
}

/** A network that can be cut: what is cut is neither forwarded nor closed, as with a route that is gone. */
import {createServer, connect as dial, type Socket} from 'node:net';

export type Network = {
	readonly port: number;
	/** Nothing passes any more, in neither direction. */
	cut(): void;
	/** What the client sends arrives, what the server answers does not. */
	loseAnswers(): void;
	/** Connections that are made from now on work again. */
	heal(): void;
	close(): void;
};

/** Forwards a free port of the loopback to `target`. */
export function proxy(target: number): Promise<Network> {
	let [up, down] = [true, true];
	const pass = (sent: boolean, answered: boolean): void => {
		[up, down] = [sent, answered];
	};
	const sockets = new Set<Socket>();
	const server = createServer(client => {
		const there = dial(target, '127.0.0.1');
		let lost = false;
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
		client.on('data', bytes => {
			if (up && !lost) there.write(bytes);
			else lost = true;
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
				loseAnswers: () => pass(true, false),
				heal: () => pass(true, true),
				close() {
					server.close();
					for (const socket of sockets) socket.destroy();
				},
			});
		});
	});
}

/**
 * A slow line between an ssh client and its sshd. What the server sends faster than the line takes it waits here, as it does in
 * the buffers of a modem or a satellite: nobody who writes is told.
 */
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {performance} from 'node:perf_hooks';
import type {Ending} from '../operator.ts';

/** `delay`: ms in each direction, on top of what the bytes take. */
export type Speed = {readonly bytesPerSecond: number; readonly delay: number};

/** Bytes go one after the other, these at a time. */
const piece = 64;

export class Line {
	/** Bytes towards the client that the line has not taken yet, and the most there were. */
	queued = 0;
	most = 0;
	readonly port: number;
	readonly #speed: Speed;

	private constructor(port: number, speed: Speed) {
		this.port = port;
		this.#speed = speed;
	}

	/** To what listens on port `to`. */
	static async open(ending: Ending, to: number, speed: Speed): Promise<Line> {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const line = new Line((server.address() as AddressInfo).port, speed);
		const ends = new Set<Socket>();
		server.on('connection', client => {
			const sshd = connect(to, '127.0.0.1');
			for (const [from, other] of [
				[client, sshd],
				[sshd, client],
			] as const) {
				ends.add(from);
				from.setNoDelay(true);
				from.on('error', () => {}).on('close', () => other.destroy());
			}
			line.#carry(client, sshd, () => {});
			line.#carry(sshd, client, bytes => {
				line.queued += bytes;
				line.most = Math.max(line.most, line.queued);
			});
		});
		ending.after(() => {
			server.close();
			for (const end of ends) end.destroy();
		});
		return line;
	}

	#carry(from: Socket, to: Socket, waits: (bytes: number) => void): void {
		const {bytesPerSecond, delay} = this.#speed;
		let free = 0;
		const waiting: Buffer[] = [];
		from.on('data', (chunk: Buffer) => {
			waits(chunk.length);
			for (let at = 0; at < chunk.length; at += piece) {
				const part = chunk.subarray(at, at + piece);
				const now = performance.now();
				free = Math.max(free, now) + (part.length / bytesPerSecond) * 1000;
				waiting.push(part);
				// On a busy machine timers come late, and then not in the order of their times: each takes what is next.
				setTimeout(() => {
					const next = waiting.shift();
					if (next === undefined) return;
					waits(-next.length);
					setTimeout(() => to.write(next), delay);
				}, free - now);
			}
		});
	}
}

/**
 * One installer or builder at a time in a checkout. A Linux abstract socket is a lock that ends with its process,
 * so that a killed build leaves nothing behind to clean up. Elsewhere there is no such socket, and no lock.
 */
import {createHash} from 'node:crypto';
import {connect, createServer} from 'node:net';
import {root} from './run.mjs';

const address = `\0cutover-tui-ground-${createHash('sha256').update(root).digest('hex').slice(0, 24)}`;

/** Resolves with a server that holds the lock, with undefined where there are none, rejects with EADDRINUSE. */
function take() {
	if (process.platform !== 'linux') return Promise.resolve(undefined);
	return new Promise((resolve, reject) => {
		const server = createServer(socket => socket.on('error', () => {}));
		server.once('error', reject);
		server.listen(address, () => resolve(server));
	});
}

/** Resolves when whoever holds the lock lets go of it. */
function released() {
	return new Promise(resolve =>
		connect(address)
			.on('error', () => {})
			.on('close', resolve)
			.resume(),
	);
}

async function holding() {
	for (;;) {
		try {
			return await take();
		} catch (error) {
			if (error.code !== 'EADDRINUSE') throw error;
			await released();
		}
	}
}

/** Runs `work` while no other process of this checkout does. */
export async function locked(work) {
	const waiting = new Set();
	const server = await holding();
	server?.on('connection', socket => waiting.add(socket));
	try {
		return await work();
	} finally {
		server?.close();
		for (const socket of waiting) socket.destroy();
	}
}

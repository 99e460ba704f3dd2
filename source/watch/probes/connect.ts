/*
A connection to the first of a host's addresses that takes it, as browsers and curl do: the next one is tried when one
fails, and beside it when it is silent, so that a broken IPv6 is not an outage that nobody else has. The addresses are
looked up once, so that each phase is measured by itself.
*/
import {connect as dial, type Socket} from 'node:net';
import {mayBeOurs} from '../../cutover/health/outage/verdict.ts';
import type {Address} from './address.ts';
import {coded, type Limit} from './limit.ts';
import {type Addresses, lookUp} from './lookup.ts';
import type {Trip} from './measured.ts';

/** How long an address may be silent before the next one is tried beside it, in ms (RFC 8305). */
const silentMs = 250;

/** The error that says more: an address that refuses proves a network, whatever the others met. */
const telling = (before: NodeJS.ErrnoException | null, error: NodeJS.ErrnoException): NodeJS.ErrnoException =>
	before === null || (mayBeOurs(before.code ?? '') && !mayBeOurs(error.code ?? '')) ? error : before;

function open(host: string, family: number, port: number, limit: Limit): Socket {
	const socket = dial({host, port, family, autoSelectFamily: false, noDelay: true});
	limit.atEnd(() => socket.destroy());
	return socket;
}

const first = (addresses: Addresses, port: number, {limit, clock}: Trip): Promise<Socket> =>
	new Promise((done, fail) => {
		const left = [...addresses];
		const tried = new Set<Socket>();
		let why: NodeJS.ErrnoException | null = null;
		let hurry = (): void => {};
		const next = (): void => {
			hurry();
			const found = left.shift();
			if (found === undefined) return;
			const socket = open(found.address, found.family, port, limit);
			tried.add(socket);
			socket.once('connect', () => {
				left.length = 0;
				tried.delete(socket);
				for (const other of tried) other.destroy();
				done(socket);
			});
			socket.on('error', error => {
				tried.delete(socket);
				why = telling(why, error);
				if (left.length > 0) next();
				else if (tried.size === 0) fail(why);
			});
			if (left.length === 0) return;
			hurry = clock.after(silentMs, next);
			limit.atEnd(hurry);
		};
		next();
	});

/** Looks the host up and connects to it. A resolver that is silent to the end is told as one, ETIMEOUT. */
export async function reach({host, port}: Address, trip: Trip): Promise<Socket> {
	const {limit, laps} = trip;
	const addresses = await limit.lateAs('ETIMEOUT', lookUp(host));
	if (limit.over()) throw coded('ETIMEOUT');
	laps.end('dns');
	const socket = await first(addresses, port, trip);
	laps.end('tcp');
	return socket;
}

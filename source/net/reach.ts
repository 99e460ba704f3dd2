/*
A connection to the first of a host's addresses that accepts it, as browsers and curl connect: the next address is tried
when one fails, and beside it when it is silent, so that a broken IPv6 is not an outage that nobody else has. The
addresses are looked up once, so that each phase is measured by itself.
*/
import type {LookupAddress} from 'node:dns';
import {lookup} from 'node:dns/promises';
import {connect as dial, isIP, type Socket} from 'node:net';
import {bare} from './host.ts';
import type {Laps} from './laps.ts';
import {coded, type Limit, type Timer} from './limit.ts';

/** `host`: a name or an IP address, without brackets. */
export type Address = {readonly host: string; readonly port: number};

/** What one piece of work on the network shares, from its start to its end. */
export type Trip = {readonly limit: Limit; readonly laps: Laps; readonly clock: Timer};

/** `host:port`, IPv6 in brackets. Throws where it is neither. */
export function addressIn(text: string): Address {
	const [, host, port] = /^(\[[^\]]+\]|[^:[\]]+):(\d+)$/.exec(text) ?? [];
	if (host === undefined || port === undefined) throw new TypeError(`"${text}" is not host:port.`);
	return {host: bare(host), port: Number(port)};
}

export function addressOfUrl({protocol, hostname, port}: URL): Address {
	const usual = protocol === 'https:' ? 443 : 80;
	return {host: bare(hostname), port: port === '' ? usual : Number(port)};
}

type Addresses = readonly LookupAddress[];

// A lookup cannot be interrupted, and each holds one of a few threads: whoever asks for a name that is being looked up
// waits for the same answer, so that a resolver that hangs holds one thread a name and no more.
const running = new Map<string, Promise<Addresses>>();

function startLookup(host: string): Promise<Addresses> {
	const answer: Promise<Addresses> = lookup(host, {all: true, order: 'verbatim'});
	const forget = (): boolean => running.delete(host);
	running.set(host, answer);
	answer.then(forget, forget);
	return answer;
}

const ownAddresses: Addresses = [
	{address: '127.0.0.1', family: 4},
	{address: '::1', family: 6},
];

/** All addresses of a host in the order of the machine's own resolver; an address is its own, and localhost is both, as for curl. */
async function lookUp(host: string): Promise<Addresses> {
	if (/^(?:[^.]+\.)*localhost\.?$/i.test(host)) return ownAddresses;
	const family = isIP(host);
	return family === 0 ? (running.get(host) ?? startLookup(host)) : [{address: host, family}];
}

/** How long an address may be silent before the next one is tried beside it, in ms (RFC 8305). */
const silentMs = 250;

/** Errors of the way to a host, which say less than the word of a host that was reached. */
const ofTheWay = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);

/** The error that says more: an address that refuses proves a network, whatever the others met. */
const telling = (before: NodeJS.ErrnoException | null, error: NodeJS.ErrnoException): NodeJS.ErrnoException =>
	before === null || (ofTheWay.has(before.code ?? '') && !ofTheWay.has(error.code ?? '')) ? error : before;

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

/** Looks the host up and connects to it. A resolver that is silent to the end has the code ETIMEOUT. */
export async function reach({host, port}: Address, trip: Trip): Promise<Socket> {
	const {limit, laps} = trip;
	const addresses = await limit.lateAs('ETIMEOUT', () => lookUp(host));
	if (limit.over()) throw coded('ETIMEOUT');
	laps.end('dns');
	const socket = await first(addresses, port, trip);
	laps.end('tcp');
	return socket;
}

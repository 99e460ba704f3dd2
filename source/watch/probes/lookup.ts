/*
Names to addresses by the machine's own resolver, as all its programs do. A lookup cannot be interrupted, and each holds
one of a few threads: whoever asks for a name that is being looked up waits for the same answer, so that a resolver that
hangs holds one thread a name and no more.
*/
import type {LookupAddress} from 'node:dns';
import {lookup} from 'node:dns/promises';
import {isIP} from 'node:net';

export type Addresses = readonly LookupAddress[];

const running = new Map<string, Promise<Addresses>>();

function start(host: string): Promise<Addresses> {
	const answer: Promise<Addresses> = lookup(host, {all: true, order: 'verbatim'});
	const forget = (): boolean => running.delete(host);
	running.set(host, answer);
	answer.then(forget, forget);
	return answer;
}

/** All addresses of a host in the resolver's order; an address is its own. */
export async function lookUp(host: string): Promise<Addresses> {
	const family = isIP(host);
	return family === 0 ? (running.get(host) ?? start(host)) : [{address: host, family}];
}

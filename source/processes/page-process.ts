/*
The process that serves and publishes the page of a cutover, where the settings ask for one: it is started where there is none,
and ended where it does not move any more. It may die at any time, since nothing is in it that is not in the journal.
*/
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Serve} from '../cutover/model/page.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {claim, readRecord} from '../disk/atomic-file.ts';
import {ifExists, ifPossible} from '../disk/fault.ts';
import {identityIn} from './attempt-status.ts';
import {forPage, type ProcessEnvironment} from './environment.ts';
import {untouchedFor} from './place.ts';
import {isAlive, signal} from './process.ts';
import type {Programs} from './programs.ts';
import {spawnPage} from './spawn.ts';

export const pageFile = (folder: Path): Path => join(folder, 'page.json');

/** Where its complaints are. */
export const pageComplaints = (folder: Path): Path => join(folder, 'page.err');

/** The code of a cutover's link: 128 bits, the same for every server of it. */
export function viewCode(folder: string): string {
	const file = join(folder, 'page-code');
	const known = ifExists(() => readFileSync(file, 'utf8'));
	if (known === null) claim(file, Buffer.from(`${randomBytes(16).toString('base64url')}\n`));
	return (known ?? readFileSync(file, 'utf8')).trim();
}

/** Readers come by https. */
export const isSecure = ({url, tls}: Serve): boolean => (url === null ? tls !== undefined : url.startsWith('https:'));

/** What readers open. `address`: host:port, where the settings say no other; `code`: null where everybody may look. */
export const readersLink = (serve: Serve, address: string, code: string | null): string =>
	`${serve.url ?? `${isSecure(serve) ? 'https' : 'http'}://${address}`}/${code === null ? '' : `#${code}`}`;

/** The link that shows the page of a cutover to whoever has it; null where the settings do not say how it is reached, in a rehearsal, or where its code cannot be made: people are notified all the same. */
export function pageLink(folder: Path, {runbook, rehearsal}: Pick<State, 'runbook' | 'rehearsal'>): string | null {
	const serve = runbook?.serve;
	if (serve === undefined || serve.url === null || rehearsal !== null) return null;
	if (serve.open) return readersLink(serve, '', null);
	const code = ifPossible(() => viewCode(folder));
	return code === null ? null : readersLink(serve, '', code);
}

/** The address that the living process serves the page on; null where none does. */
export function pageAddress(folder: Path): string | null {
	const file = pageFile(folder);
	const identity = identityIn(file);
	const address = readRecord(file)?.['address'];
	return identity !== null && isAlive(identity) && typeof address === 'string' ? address : null;
}

/** Of who keeps a process of a cutover running. */
export type KeeperWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly programs: Programs;
	/** The process looks and touches its record each second, and hangs when that was not seen for so many ms. */
	readonly silent?: number;
};

const usualSilence = 60_000;
/** A port that is taken stays taken for a while. */
const betweenStarts = 5000;
const mostBetween = 60_000;

/** To be called again and again, with what processes get of an environment. */
export function pageKeeper({
	folder,
	clock,
	programs,
	silent = usualSilence,
}: KeeperWorld): (environment: ProcessEnvironment, runbook: Runbook | null) => void {
	const hangs = untouchedFor(pageFile(folder), clock, silent);
	let started = Number.NEGATIVE_INFINITY;
	let pause = betweenStarts;
	return (environment, runbook) => {
		const identity = identityIn(pageFile(folder));
		if (identity !== null && isAlive(identity)) {
			if (hangs()) signal(identity.pid, 'SIGKILL');
			else pause = betweenStarts;
			return;
		}
		if (clock.steady() - started < pause) return;
		pause = started === Number.NEGATIVE_INFINITY ? betweenStarts : Math.min(mostBetween, pause * 2);
		started = clock.steady();
		spawnPage(programs.page, folder, pageComplaints(folder), forPage(environment, runbook)).on('error', () => {});
	};
}

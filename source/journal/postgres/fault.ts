/* What goes wrong with a database, as a fault of the store: what happened, what is recorded, what to do. */
import {type Entry, type FaultCode, StoreFault} from '../../cutover/ports.ts';
import {minutes, wall} from '../../text/time.ts';
import {type Connection, isAnswer, type Result, Unreachable} from './connection.ts';

const missing = 'Create it as an administrator of the database: cutover-tui store init.';

/** By error code of PostgreSQL. */
const answers: Readonly<Record<string, readonly [code: FaultCode, why: string, fix: string]>> = {
	'3F000': ['gone', 'The schema cutover does not exist, or is not complete', missing],
	'42P01': ['gone', 'The schema cutover does not exist, or is not complete', missing],
	'42883': ['gone', 'The schema cutover does not exist, or is not complete', missing],
	'02000': ['gone', 'This cutover is not in the database', 'List the cutovers with cutover-tui list.'],
	'42501': ['denied', 'Permission denied in the database', 'Ask its administrator for: cutover-tui store grants.'],
	'53100': ['full', 'No space left on the server', 'Ask the administrator of the database for space, then try again.'],
	'55P03': [
		'locked',
		'Another writer has held the journal for 5 s; nothing was recorded',
		'Try again. If it stays: a standby that does not answer holds all writers; ask the administrator.',
	],
	'22000': ['broken', 'The database refused an entry that does not follow the chain', 'Open the cutover again.'],
};

const reach = 'Check the network and the database: cutover-tui store check.';

/** Any error of a connection -> StoreFault. */
export function databaseFault(error: unknown): StoreFault {
	if (error instanceof StoreFault) return error;
	if (error instanceof Unreachable)
		return new StoreFault('unreachable', `The database cannot be reached: ${error.message}.`, reach);
	if (!isAnswer(error)) return new StoreFault('io', `The database: ${String(error)}.`, reach);
	const [code, why, fix] = answers[error.code] ?? ['io', 'The database refused this', reach];
	return new StoreFault(code, `${why} (${error.code}: ${error.message}).`, fix);
}

/** Of an answer. Rejects with StoreFault. */
export async function rowsOf(
	connection: Connection,
	text: string,
	values?: readonly unknown[],
): Promise<Result['rows']> {
	try {
		return (await connection.query(text, values)).rows;
	} catch (error) {
		throw databaseFault(error);
	}
}

/** After the last try of an append. `sent`: one of the tries may have been done. */
export const appendFault = ({message}: Unreachable, sent: boolean): StoreFault =>
	sent
		? new StoreFault(
				'uncertain',
				`The database did not answer, and whether this was recorded is not known: ${message}.`,
				'Look at the journal once the database answers again, before you do it again.',
			)
		: new StoreFault('unreachable', `The database cannot be reached; nothing was recorded: ${message}.`, reach);

/** Instants in ms. `kept`: results of attempts that wait on this host for the database. */
export const awayFault = (since: number, now: number, kept: number, why: string): StoreFault =>
	new StoreFault(
		'unreachable',
		`The database is away since ${wall(since)} (${minutes(now - since)}); ${kept} ${kept === 1 ? 'result is' : 'results are'} kept here. ${why}`,
		reach,
		{away: {since, kept}},
	);

export const fencedFault = (): StoreFault =>
	new StoreFault(
		'fenced',
		'The watcher of another host leads this cutover now; nothing was recorded.',
		'Nothing to do: that watcher goes on.',
	);

/** `lost`: in their order, at least one. */
export function divergedFault(lost: readonly Entry[], keptIn: string | null): StoreFault {
	const [first, last] = [lost[0]?.seq ?? 0, lost.at(-1)?.seq ?? 0];
	const those = first === last ? `Entry ${first} was` : `Entries ${first} to ${last} were`;
	const gone = first === last ? 'is' : 'are';
	return new StoreFault(
		'diverged',
		`${those} recorded and read here, and ${gone} not in the database any more.${keptIn === null ? '' : ` Kept in ${keptIn}.`}`,
		'Show the DBA what is marked LOST; record nothing until then. A standby that was behind was promoted, or a backup was restored. Afterwards remove mirror.ndjson beside it on each host that had read them, and open the cutover again.',
		{lost},
	);
}

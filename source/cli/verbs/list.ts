/* `list`: all cutovers, newest first; how each ended, and what comes next in those that are open. */

import {statusWord} from '../../cutover/decide/refusal.ts';
import {type Ended, endedAs} from '../../cutover/snapshot/ending.ts';
import {snapshotNow} from '../../cutover/snapshot/snapshot-of.ts';
import {local, stamp} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {type Stated, stated} from '../colour.ts';
import {catalogOf, closing, cutoversOf, type Listed, openCutover} from '../compose.ts';
import {say, sayJson, tell} from '../io.ts';
import {countdown} from '../status-lines.ts';
import {showZone} from '../zone.ts';

/** `planned`: T0; times are in the zone of the cutover. */
type Row = Listed & {
	readonly ended: Ended | null;
	readonly planned: string;
	readonly clock: string | null;
	readonly next: string | null;
};

/** The T clock and NEXT of an open one, as its board shows them. One at a time: a process shows times in one zone. */
async function rowOf(call: Args, listed: Listed): Promise<Row> {
	showZone(call.io.env, listed.state.zone);
	const ended = listed.status === 'unreadable' ? null : endedAs(listed.state);
	const row = {...listed, ended, planned: local(listed.t0), clock: null, next: null};
	if (listed.status === 'unreadable' || listed.status === 'closed') return row;
	return closing(await openCutover(call.io, await catalogOf(call), listed.id), opened => {
		const snapshot = snapshotNow(opened, null);
		return {...row, clock: countdown(snapshot), next: snapshot.next?.text ?? null};
	});
}

const lineOf = ({id, status, ended, planned, clock, title, runbook, next}: Row): Stated => {
	if (status === 'unreadable') return stated(`${id}  `, status, `  ${title}`);
	const how = status === 'closed' && ended !== null ? ` ${ended}` : '';
	const parts = [clock, `T0 ${planned}`, title, runbook, next === null ? null : `NEXT ${next}`];
	const rest = parts.filter(part => part !== null).join('  ');
	return stated(`${id}  `, statusWord(status), `${how}  ${rest}`);
};

export const run = async (call: Args): Promise<number> => {
	const rows: Row[] = [];
	for (const each of await cutoversOf(call)) rows.push(await rowOf(call, each));
	if (call.flag('json')) {
		const documents = rows.map(({id, title, status, ended, t0, next, folder, runbook}) => ({
			id,
			title,
			status,
			ended,
			t0: status === 'unreadable' ? null : stamp(t0),
			next,
			folder,
			runbook,
		}));
		sayJson(call.io, documents);
		return 0;
	}
	say(call.io, ...rows.map(lineOf));
	if (rows.length === 0) tell(call.io, 'There is no cutover yet. Begin one: cutover-tui begin RUNBOOK --t0 WHEN.');
	return 0;
};

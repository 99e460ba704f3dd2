/*
What of a cutover people outside the team may read: the same journal without what attempts put out, commands, and addresses.
It is folded by the same rules, so that a page cannot say anything else than the board, only less.
*/
import {evolveAll} from '../cutover/evolve/evolve.ts';
import type {EventData, EventType} from '../cutover/model/event.ts';
import {initial} from '../cutover/model/initial.ts';
import {masked} from '../cutover/model/person.ts';
import type {State} from '../cutover/model/state.ts';
import type {Entry} from '../cutover/ports.ts';

type Data<K extends EventType> = Readonly<EventData[K]>;

/** What is left out, by kind of event; the others hold only what people said, or names and times. */
const without: {readonly [K in EventType]?: (data: Data<K>) => Data<K>} = {
	judged: data => ({...data, reason: null}),
	ended: data => ({...data, reason: null, still: data.still.map(() => 'a process')}),
	stepEnded: data => ({...data, result: null, why: null}),
	leftoversRecorded: data => ({...data, still: data.still.map(() => 'a process')}),
	holdPlaced: data => (data.cause === 'gate' ? {...data, reason: `${data.on ?? 'a gate'} failed`} : data),
	goRevoked: data => (data.cause === 'gate' ? {...data, reason: `${data.on ?? 'a gate'} could not be judged`} : data),
	dispatched: data => ({...data, url: null}),
	runUpdated: data => ({...data, url: ''}),
	runUnreachable: data => ({...data, why: 'its server gives no answer'}),
	pathUnavailable: data => ({...data, reason: 'it cannot run here'}),
	rollbackFailed: data => ({...data, reason: 'the board says why'}),
	autoRollbackSkipped: data => ({...data, reason: 'the board says why'}),
	notificationFailed: data => ({...data, to: 'somebody', reason: 'it did not arrive'}),
	invited: data => ({...data, to: data.to === null ? null : masked(data.to)}),
	linkOpened: data => ({...data, from: 'a browser', agent: ''}),
	linkLocked: data => ({...data, from: 'a browser'}),
	repaired: data => ({...data, keptIn: 'the folder of the cutover'}),
	measured: data => ({...data, items: data.items.map(item => ({...item, found: 'as measured', lines: []}))}),
	answered: data => ({
		...data,
		items: data.items.map(({overrules, ...item}) => ({
			...item,
			overrules: overrules && {found: 'another result', reason: overrules.reason},
		})),
	}),
};

function forOutside(entry: Entry): Entry {
	const change = without[entry.type] as ((data: Entry['data']) => Entry['data']) | undefined;
	return change === undefined ? entry : ({...entry, data: change(entry.data)} as Entry);
}

export type Outside = {readonly state: State; readonly entries: readonly Entry[]};

/** Reads the entries of a journal again and again: those that are new are added, a journal that was taken back is read anew. */
export function outsideReader(): (entries: readonly Entry[]) => Outside {
	let read: Outside = {state: initial, entries: []};
	let last: Entry | null = null;
	return entries => {
		const known = read.entries.length;
		const goesOn = known <= entries.length && (known === 0 || entries[known - 1]?.hash === last?.hash);
		const from = goesOn ? read : {state: initial, entries: []};
		const fresh = entries.slice(from.entries.length).map(forOutside);
		if (fresh.length > 0 || !goesOn) read = {state: evolveAll(from.state, fresh), entries: [...from.entries, ...fresh]};
		last = entries.at(-1) ?? null;
		return read;
	};
}

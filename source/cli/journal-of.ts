/* The journal of a cutover as a process of its own opens it: by its folder. */
import type {Clock, Journal} from '../cutover/ports.ts';
import {openJournal} from '../journal/journal.ts';
import {openProgress} from '../journal/progress.ts';
import {storeOf} from '../journal/stores.ts';
import {redaction} from '../processes/environment.ts';
import {clockOf} from './clock.ts';
import type {Io} from './io.ts';
import {type Looks, observe} from './observe.ts';

type Opened = Omit<Awaited<ReturnType<typeof storeOf>>, 'journal'> & {readonly journal: Journal; readonly clock: Clock};

export async function journalOf(
	folder: string,
	env: Io['env'],
	looks: Pick<Looks, 'compares' | 'keeps' | 'runs'>,
): Promise<Opened> {
	const clock = clockOf(folder);
	const {journal: store, ...beside} = await storeOf(folder, clock, env);
	const journal = await openJournal({
		store,
		clock,
		look: observe(folder, env, {...looks, hosts: beside.hosts}),
		onAppended: openProgress(folder).save,
		redact: redaction(env),
	});
	return {...beside, clock, journal};
}

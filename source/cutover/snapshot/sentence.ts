/** Each entry as one plain line without its time, for the log, the journal screen and the rehearsal. One sentence a kind. */

import {instant, minutes, wall, wallOn} from '../../text/time.ts';
import {mostTries} from '../decide/links.ts';
import {listed} from '../decide/refusal.ts';
import {attemptText, rowIn} from '../model/attempt-target.ts';
import {type MeasuredItem, overruledText, type RecordedAnswer} from '../model/checklist.ts';
import type {Event, EventData, EventType, Outcome, RemoteRun} from '../model/event.ts';
import {masked, type Person, webText} from '../model/person.ts';
import type {Entry} from '../ports.ts';

/** `time`: a time as the sentence says it, with the day where that is another than the entry's. */
type Sentences = {
	readonly [K in EventType]: (data: Readonly<EventData[K]>, name: string, time: (stamp: string) => string) => string;
};

/** The reason of a command that failed begins with how it exited. */
const saysExit = (reason: string | null, exit: number): boolean => reason?.startsWith(`exit ${exit}`) ?? false;

const because = (reason: string | null | undefined): string => (reason ? `: ${reason}` : '');
const outside = (reason: string | undefined): string => (reason === undefined ? '' : ', OUTSIDE THE CHANGE WINDOW');
const of = attemptText;
const approvalText = ({environment, reviewers, waitMinutes}: RemoteRun['approvals'][number]): string =>
	`${reviewers.length > 0 ? `${reviewers.join(' or ')} to approve "${environment}"` : `"${environment}"`}${waitMinutes ? `, a timer of ${waitMinutes} min` : ''}`;
const item = (answer: RecordedAnswer): string =>
	[`${answer.name} ${answer.result}`, overruledText(answer)].filter(Boolean).join(', ');
const measuredItem = ({name, result, found}: MeasuredItem): string =>
	`${name} ${result ?? 'for a person to decide'}, ${found}`;

/** How an attempt ended, behind its name. */
export const ends: Readonly<Record<Outcome, string>> = {
	pass: 'passed',
	fail: 'failed',
	unknown: 'ended UNKNOWN',
	lost: 'was lost',
	stopped: 'was stopped',
};

export const sentences: Sentences = {
	begun: ({id, t0}, name, time) => `${name} began ${id}, T0 ${time(t0)}`,
	approved: ({changed}, name) => `${name} approved the change of ${listed(changed)}`,
	scheduled: ({t0, was, reason, released}, name, time) =>
		`${name} ${t0 === was ? 'confirmed T0' : 'moved T0 to'} ${time(t0)}${released ? ', the hold is released' : ''}${because(reason)}`,
	holdPlaced: ({reason}) => `HOLD${because(reason)}`,
	goRevoked: ({reason}) => `votes withdrawn${because(reason)}`,
	frozen: ({text}, name) => `${name} froze${because(text)}`,
	started: ({within, early, host, ...ref}, name) =>
		`${of(ref)} started${within ? ` inside ${of(within)}` : ` by ${name}${host === undefined ? '' : ` on ${host}`}`}${early ? `, early${because(early)}` : ''}`,
	stepBegun: ({step, again, ...ref}) => `${of(ref)} ${again ? 'repeats' : 'begins'} step ${step}`,
	stepEnded: ({step, outcome, why, ...ref}) => `${of(ref)} step ${step} ${outcome}${because(why)}`,
	stopAsked: ({reason, ...ref}, name) => `${name} stops ${of(ref)}${because(reason)}`,
	ended: ({outcome, exit, reason, still, open, ...ref}) =>
		`${of(ref)} ${ends[outcome]}${exit === null || saysExit(reason, exit) ? '' : `, exit code ${exit}`}${because(reason)}${still.length > 0 ? `; still running: ${listed(still)}` : ''}${open ? `; ${rowIn(ref.target)} waits for people` : ''}`,
	judged: ({gate, verdict, reason}) => `${gate} ${verdict.toUpperCase()}${because(reason)}`,
	acknowledged: ({gate, group, yes, reason}, name) =>
		`${name} says ${yes ? 'yes' : 'NO'} on ${gate} for ${group}${because(reason)}`,
	voted: ({vote, role, reason, early, outsideWindow}, name) =>
		`${vote.toUpperCase()} ${name} (${role})${early ? ', early' : ''}${outside(outsideWindow)}${because(reason)}`,
	goGiven: ({t0}, _, time) => `GO for T0 ${time(t0)}`,
	kept: () => 'KEPT: the release stays',
	keepRevoked: ({reason}) => `keep votes withdrawn${because(reason)}`,
	t0Begun: ({began, reference, early, outsideWindow}, name, time) =>
		`T0 begun by ${name} at ${time(began)}${reference ? `, reference ${reference}` : ''}${early ? `, early${because(early)}` : ''}${outside(outsideWindow)}${because(outsideWindow)}`,
	measured: ({stage, attempt, items}) => `${stage} attempt ${attempt} measured: ${items.map(measuredItem).join('; ')}`,
	answered: ({stage, items}, name) => `${name} answers ${stage}: ${items.map(item).join(', ')}`,
	reported: ({stage, result, note, reference}, name) =>
		`${stage} ${result === 'pass' ? 'DONE' : 'FAILED'}, recorded by ${name}${reference ? `, reference ${reference}` : ''}${because(note)}`,
	skipped: ({stage, reason}, name) => `${name} skips ${stage}${because(reason)}`,
	stageMarkedDone: ({stage, reason}, name) => `${name} marks ${stage} done${because(reason)}`,
	extended: ({stage, until, reason}, name, time) => `${name} extends ${stage} to ${time(until)}${because(reason)}`,
	confirmationRequested: ({trigger, roles, until}, name, time) =>
		`${name} asks ${roles.length > 0 ? listed(roles) : 'everybody'} about trigger ${trigger}, answer by ${time(until)}`,
	factAnswered: ({trigger, fact, yes, role, reason}, name) =>
		`${name}${role ? ` (${role})` : ''} says ${yes ? 'YES' : 'no'} to fact ${fact} of trigger ${trigger}${because(reason)}`,
	triggerDismissed: ({trigger, reason}, name) => `${name} dismisses trigger ${trigger}${because(reason)}`,
	clockDown: ({trigger, since, reason}, name, time) =>
		`${name} says DOWN since ${time(since)} (trigger ${trigger})${because(reason)}`,
	clockUp: ({trigger, since, reason}, name, time) =>
		`${name} says up since ${time(since)} (trigger ${trigger})${because(reason)}`,
	fired: ({trigger, facts, elapsedSeconds}) =>
		`TRIGGER ${trigger} FIRED${elapsedSeconds > 0 ? ` after ${minutes(elapsedSeconds * 1000)}` : ''}: ${listed(facts)}`,
	outageBegan: ({endpoint, critical, since}, _, time) =>
		`${endpoint} DOWN since ${time(since)}${critical ? '' : ' (not critical)'}`,
	outageEnded: ({endpoint, since, until, seconds, unseenSeconds}, _, time) =>
		`${endpoint} up at ${time(until)}, was DOWN for ${minutes(seconds * 1000)} since ${time(since)}${unseenSeconds > 0 ? `, ${minutes(unseenSeconds * 1000)} of it unseen` : ''}`,
	warned: ({trigger, percent, endpoint, elapsedSeconds}) =>
		`WARNING trigger ${trigger}: ${endpoint} down ${minutes(elapsedSeconds * 1000)}, ${percent} % of its threshold`,
	flapped: ({trigger, endpoint, outages, percent}) =>
		`${endpoint} is flapping, ${outages} outages, ${percent} % failing: no outage is long enough for trigger ${trigger}, people judge`,
	endpointAttested: ({trigger, endpoint, up, reason}, name) =>
		`${name} answers for ${endpoint}, which nobody can see: ${up ? 'up' : 'DOWN'} (trigger ${trigger})${because(reason)}`,
	stoodDown: ({trigger, reason}, name) => `${name} stands trigger ${trigger} down${because(reason)}`,
	rearmed: ({trigger, reason}) => `trigger ${trigger} is armed again: ${reason}`,
	rollbackBegun: ({paths, reason, twice, outsideWindow}, name) =>
		`ROLLBACK begun by ${name}${paths.length > 0 ? ` (${paths.join(', then ')})` : ''}${twice ? ', MAY RUN TWICE' : ''}${outside(outsideWindow)}${because(reason)}`,
	dispatching: ({workflow, repository, ref}) => `dispatching ${workflow} at ${ref} of ${repository}`,
	dispatched: ({status, run, url}) =>
		`dispatch answered ${status}${run === null ? ', the run is looked for' : `, run ${run}${url === null ? '' : ` ${url}`}`}`,
	runUpdated: ({run, state, conclusion, approvals}) =>
		`run ${run} ${state === 'ended' ? `ended ${conclusion ?? 'without a conclusion'}` : state === 'approval' ? `waits for ${approvals.map(approvalText).join(', ') || 'an approval'}` : state}`,
	runUnreachable: ({why, since}, _, time) => `the run is not seen since ${time(since)}: ${why}`,
	runAdopted: ({run}, name) => `${name} says that run ${run} is the one that was dispatched`,
	pathUnavailable: ({path, reason}) => `${path} path unavailable${because(reason)}`,
	cancelAsked: ({reason}, name) => `${name} cancels the path${because(reason)}`,
	byHand: ({path, result, reference}, name) => `${name} records a rollback by hand (${path}): ${result}, ${reference}`,
	impactOver: ({note}, name) => `${name} says the impact is over: ${note}`,
	proved: () => 'ROLLED BACK, proved',
	rollbackFailed: ({reason}) => `ROLLBACK FAILED${because(reason)}`,
	signed: ({signOff, role}, name) => `${name} signed ${signOff} (${role})`,
	attached: ({of: to, name: file, sha256, bytes}, name) =>
		`${name} attached ${file} to ${to}, ${bytes} bytes, sha256 ${sha256.slice(0, 12)}…`,
	noted: ({text, on}, name) => `${name}${on === null ? '' : ` on ${on}`}: "${text}"`,
	fieldSet: ({field, value}, name) => `${name} set ${field}: ${value}`,
	notRecorded: ({what, reason}, name) => `${name}: ${what} is not recorded${because(reason)}`,
	abandoned: ({reason}, name) => `ABANDONED by ${name}${because(reason)}`,
	closed: ({reason, notRecorded}, name) =>
		`CLOSED by ${name}${because(reason)}${notRecorded.length > 0 ? `; not recorded: ${listed(notRecorded.map(({what}) => what))}` : ''}`,
	relayConfirmed: ({entry}, name) => `${name} confirms the relayed words of entry ${entry}`,
	roleTransferred: ({role, from, to}) => `${role} goes from ${from ?? 'nobody'} to ${to}`,
	roleTakeAsked: ({role, reason}, name) => `${name} takes ${role} over, a second owner is needed${because(reason)}`,
	roleTaken: ({role, from, to, reason}) => `${to} takes ${role} over from ${from ?? 'nobody'}${because(reason)}`,
	clockStepped: ({from, to}, _, time) => `the clock stepped from ${time(from)} to ${time(to)}`,
	repaired: ({bytes, keptIn}) => `a torn last line of ${bytes} bytes was cut off and kept in ${keptIn}`,
	invited: ({link, name, sent, to, code}, by) =>
		`${by} invited ${name}, link ${link}${sent === 'mail' ? ` mailed to ${masked(to ?? '')}` : ' to be passed on'}${code ? ' with a spoken code' : ''}`,
	linkOpened: ({link, from}) => `link ${link} was opened from ${from}`,
	linkLocked: ({link}) => `link ${link} is LOCKED after ${mostTries} wrong codes`,
	linkRevoked: ({link, reason}, name) => `${name} revoked link ${link}${because(reason)}`,
	notificationFailed: ({on, to, reason, again}) =>
		`notification of ${on} to ${to} failed${again ? ' so far' : ''}: ${reason}`,
	onCallFound: ({role, people, reason}) =>
		people === null ? `who is on call as ${role} is not known: ${reason}` : `on call as ${role}: ${people}`,
	notificationsRestored: ({to, since}, _, time) => `notifications to ${to} arrive again; none did since ${time(since)}`,
	arrivedLate: ({what, step, outcome, happened, ...ref}, _, time) =>
		`${of(ref)} reports late: ${step === null ? what : `step ${step}`}${outcome === null ? '' : ` ${outcome}`} at ${time(happened)}`,
	leftoversRecorded: ({still, ...ref}) =>
		still.length === 0 ? `what ${of(ref)} left running is gone` : `of ${of(ref)} still runs ${still.join(', ')}`,
	autoRollbackSkipped: ({reason}) => `the rollback could not start automatically: ${reason}`,
	watcherLost: ({since, from, to}, _, time) =>
		from === undefined
			? `the watcher was gone since ${time(since)}`
			: `the watcher of ${from} was silent since ${time(since)}; ${to} watches now`,
};

/** `at`: of the entry, in ms; without one, of now. */
const say = <K extends EventType>(event: Event<K>, name: string, at?: number): string => {
	const words: Sentences[K] = sentences[event.type as K];
	return words(event.data, name, stamp => (at === undefined ? wall(instant(stamp)) : wallOn(instant(stamp), at)));
};

const bySomebody = (text: string, {relay, web, strength}: Person): string =>
	`${text}${web ? ` · by ${webText(strength, web)}` : ''}${relay ? ` · RELAYED by ${relay.by}, ${relay.channel}: "${relay.words}"` : ''}`;

/** An event that is not recorded yet, as the entry would say it. */
export const sentenceOf = (event: Event, by: Person): string => bySomebody(say(event, by.name), by);

/** An entry as one line; texts from outside are in it as they came: clean it before it is shown. */
export const sentence = (entry: Entry): string => bySomebody(say(entry, entry.by.name, instant(entry.at)), entry.by);

type States = {readonly [K in EventType]?: (data: Readonly<EventData[K]>) => readonly [before: string, word: string]};

const states: States = {
	holdPlaced: () => ['', 'HOLD'],
	ended: ({outcome, ...ref}) => [`${of(ref)} `, ends[outcome]],
	judged: ({gate, verdict}) => [`${gate} `, verdict.toUpperCase()],
	voted: ({vote}) => ['', vote.toUpperCase()],
	goGiven: () => ['', 'GO'],
	kept: () => ['', 'KEPT'],
	reported: ({stage, result}) => [`${stage} `, result === 'pass' ? 'DONE' : 'FAILED'],
	fired: ({trigger}) => [`TRIGGER ${trigger} `, 'FIRED'],
	outageBegan: ({endpoint}) => [`${endpoint} `, 'DOWN'],
	warned: () => ['', 'WARNING'],
	proved: () => ['', 'ROLLED BACK'],
	rollbackFailed: () => ['', 'ROLLBACK FAILED'],
	abandoned: () => ['', 'ABANDONED'],
	closed: () => ['', 'CLOSED'],
};

/** The sentence of an entry around the word of it that says a state; null where none does. */
export function statedIn(
	entry: Entry,
): {readonly before: string; readonly word: string; readonly after: string} | null {
	const state: ((data: never) => readonly [string, string]) | undefined = states[entry.type];
	if (state === undefined) return null;
	const [before, word] = state(entry.data as never);
	return {before, word, after: sentence(entry).slice(before.length + word.length)};
}

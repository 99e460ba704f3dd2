/*
What a person may do by a personal link: which commands of the catalogue, what each asks in one sentence, and the word that is
typed. Whether it may be done now the rules say, as everywhere.
*/

import {type CommandName, catalogue} from '../commands/catalogue.ts';
import type {Choice, Field, Values} from '../commands/field.ts';
import {type Draft, forbids, isForOthers, rolesFor, ruling, runbookOf, type Situation} from '../commands/situation.ts';
import type {Spec} from '../commands/spec.ts';
import {linkActOf, needsCode} from '../cutover/decide/links.ts';
import type {Command} from '../cutover/model/command.ts';
import {dated} from './table.ts';

const webActs = [
	'vote',
	'keep',
	'acknowledge',
	'answer',
	'sign',
	'confirmRelay',
	'prove',
	'note',
	'hold',
] as const satisfies readonly CommandName[];

export type WebAct = (typeof webActs)[number];

export const webActOf = (name: string | null): WebAct | null => webActs.find(act => act === name) ?? null;

type Asking = {
	/** The decision in one sentence. */
	question(situation: Situation, on: string): string;
	/** The typed word for what was chosen: a scanner that fills in forms does not know it. */
	word(values: Values): string;
	/** All of them, for the label of the field. */
	readonly words: readonly string[];
};

const one = (word: string): Pick<Asking, 'word' | 'words'> => ({word: () => word, words: [word]});
const where = ({snapshot}: Situation): string =>
	`${snapshot.ticket ?? snapshot.title}${snapshot.environment === null ? '' : `, ${snapshot.environment}`}`;
const textOf = (rows: readonly {readonly id: string; readonly text: string}[], on: string): string =>
	rows.find(({id}) => id === on)?.text ?? '';

const asking: Readonly<Record<WebAct, Asking>> = {
	vote: {
		question: situation => `Go or no-go for T0 ${dated(situation.snapshot.t0)} of ${where(situation)}?`,
		word: ({vote}) => (vote === 'no-go' ? 'NO-GO' : 'GO'),
		words: ['GO', 'NO-GO'],
	},
	keep: {question: situation => `Keep the release of ${where(situation)}?`, ...one('KEEP')},
	acknowledge: {
		question: (situation, on) => {
			const gate = runbookOf(situation).gates.find(({id}) => id === on);
			return `Is this so: ${gate?.passWhen || gate?.title || on}?`;
		},
		...one('ANSWER'),
	},
	answer: {
		question: (situation, on) => `Is this so: ${textOf(runbookOf(situation).triggers, on)}?`,
		word: () => 'ANSWER',
		words: ['ANSWER', 'FIRE'],
	},
	sign: {question: (situation, on) => `Do you sign: ${textOf(runbookOf(situation).signOffs, on)}?`, ...one('SIGN')},
	confirmRelay: {question: () => 'Did you say this?', ...one('CONFIRM')},
	prove: {question: situation => `Is the impact over, of ${where(situation)}?`, ...one('OVER')},
	note: {question: situation => `A remark for the record of ${where(situation)}`, ...one('NOTE')},
	hold: {question: situation => `Stop the clock before T0 of ${where(situation)}?`, ...one('HOLD')},
};

export const questionOf = (act: WebAct, situation: Situation, on: string): string =>
	asking[act].question(situation, on);
export const wordsOf = (act: WebAct): readonly string[] => asking[act].words;
export const wordOf = (act: WebAct, values: Values): string => asking[act].word(values);

const relaying: ReadonlySet<string> = new Set(['from', 'for', 'relayed', 'words']);

/** What the form asks beside the typed word; nobody passes on what others said. */
export const fieldsOf = (act: WebAct): readonly Field[] =>
	catalogue[act].fields.filter(({only, name, kind}) => only !== 'line' && kind !== 'flag' && !relaying.has(name));

/** Roles in which it can be done, where there are several. */
export const rolesOf = (act: WebAct, situation: Situation, on: string): readonly string[] => {
	const draft = catalogue[act].probe(situation, on);
	const roles = draft === null ? [] : rolesFor(situation, draft);
	return roles.length > 1 ? roles : [];
};

/** Whether this act takes the spoken code. */
export const takesCode = (act: WebAct, situation: Situation, on: string): boolean => {
	const draft = catalogue[act].probe(situation, on);
	const what = draft === null ? null : linkActOf({...draft, id: ''} as Command);
	return what !== null && needsCode(runbookOf(situation), what, situation.person.strength);
};

export type Offer = {readonly act: WebAct; readonly on: string; readonly title: string};

const noGo: Draft = {type: 'vote', data: {vote: 'no-go', early: false, reason: '…'}};

type Ruling = ReturnType<typeof ruling>;

const isOpen = (no: Ruling): boolean => no?.code !== 'signature-needed' && !isForOthers(no) && !forbids(no);
const wantsSignIn = (no: Ruling): boolean => no?.code === 'sign-in-needed';

const fitsOn = (act: WebAct, fits: (no: Ruling) => boolean, situation: Situation, on: string): boolean => {
	const spec: Spec = catalogue[act];
	const draft = spec.probe(situation, on);
	if (draft === null || spec.fits?.(situation, on) === false) return false;
	// A no-go is possible where a go is not.
	return fits(ruling(situation, draft)) || (act === 'vote' && fits(ruling(situation, noGo)));
};

const targetsOf = (spec: Spec, situation: Situation): readonly Choice[] =>
	spec.target === undefined ? [{value: '', label: spec.title}] : (spec.targets?.(situation) ?? []);

const offersBy = (situation: Situation, fits: (no: Ruling) => boolean): readonly Offer[] =>
	webActs.flatMap(act => {
		const spec = catalogue[act];
		return targetsOf(spec, situation)
			.filter(({value}) => fitsOn(act, fits, situation, value))
			.map(({value, label}) => ({
				act,
				on: value,
				title: spec.target === undefined ? spec.title : `${spec.title}: ${label}`,
			}));
	});

/** What this person may do now, in the order of the catalogue. */
export const offersOf = (situation: Situation): readonly Offer[] => offersBy(situation, isOpen);

/** What they might do once they are signed in. */
export const signInOffersOf = (situation: Situation): readonly Offer[] => offersBy(situation, wantsSignIn);

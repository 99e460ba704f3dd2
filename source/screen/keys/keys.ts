/*
The one table of keys. The dispatcher, the hints of the footer, the help, the palette and docs/keys.md follow from it;
whether a key is dimmed is asked of the rules, which also say why.
*/
import type {CommandName} from '../../cutover/model/command.ts';
import type {Next, NextTarget} from '../../cutover/snapshot/next-step.ts';
import type {ScreenContext} from '../acts/act.ts';
import {refusalOfAll} from '../dialogs/opening.ts';
import type {Hint} from '../panel.ts';
import type {ScreenName} from '../state/view.ts';
import {acting, recording} from './acting.ts';
import {type Binding, lastRank} from './binding.ts';
import {log} from './log.ts';
import {leaving, looking} from './looking.ts';
import {moving} from './moving.ts';
import {replaying} from './replaying.ts';

export const bindings: readonly Binding[] = [
	...moving,
	...acting,
	...recording,
	...looking,
	...leaving,
	...log,
	...replaying,
];

/** Who comes back types blindly: there the keys of any other screen do nothing. */
const holds = ({where, live}: Pick<Binding, 'where' | 'live'>, screen: ScreenName, isReplay: boolean): boolean => {
	if (isReplay && live) return false;
	if (where === 'anywhere') return true;
	if (where === 'cutover' || where === 'replay')
		return screen !== 'opening' && screen !== 'briefing' && (where === 'cutover' || isReplay);
	return where.includes(screen);
};

/** Before a cutover is open, and where one comes back to it, most keys do nothing. */
const isBare = (screen: ScreenName): boolean => !holds({where: 'cutover'}, screen, false);

/** What a key does on a screen; one that works on that screen alone comes before one that works on any. */
export const bindingOf = (screen: ScreenName, key: string, isReplay = false): Binding | undefined => {
	const found = bindings.filter(binding => binding.keys.includes(key) && holds(binding, screen, isReplay));
	return found.find(({where}) => typeof where !== 'string') ?? found[0];
};

const places: Readonly<Partial<Record<ScreenName, string>>> = {
	run: 'where a gate or stage is open (Enter)',
	rollback: 'where a rollback is shown (B)',
	evidence: 'in the evidence (e)',
	signOffs: 'in the sign-offs (s)',
	journal: 'in the journal (l)',
	document: 'in a document (b)',
};

/** Where a key that does nothing here does what; null where it does nothing anywhere, and for who comes back or has not begun. */
export const elsewhere = (screen: ScreenName, key: string): string | null => {
	const [first, ...others] = bindings.filter(({keys}) => keys.includes(key));
	if (first === undefined || others.length > 0 || typeof first.where === 'string') return null;
	if (isBare(screen)) return null;
	const where = first.where.flatMap(name => places[name] ?? []);
	return `${first.shown} (${first.label}) works ${where.join(', or ')}.`;
};

/** The rules are asked when its `refusal` is read: a footer that is full asks no more. */
const hintOf = (at: ScreenContext, binding: Binding): Hint => {
	const {shown, label, labelNow, help, heading, acts: names, useless, rank} = binding;
	let asked: {readonly refusal: string | null} | null = null;
	return {
		keys: shown,
		label: labelNow?.(at) ?? label,
		help,
		where: heading,
		get refusal() {
			asked ??= {refusal: names.length === 0 ? (useless?.(at) ?? null) : refusalOfAll(at, names)};
			return asked.refusal;
		},
		last: rank !== null && rank >= lastRank,
	};
};

/** The board is where one comes back to: there is nothing behind it. */
const isUseful = (screen: ScreenName, {keys}: Binding): boolean => screen !== 'board' || !keys.includes('esc');

const ofScreens = new Map<string, readonly Binding[]>();

/** Those that the footer of a screen names, most wanted first; sought once, and not each second. */
function named(screen: ScreenName, isReplay: boolean): readonly Binding[] {
	const key = `${screen} ${isReplay}`;
	const known =
		ofScreens.get(key) ??
		bindings
			.filter(binding => binding.keys.some(key => bindingOf(screen, key, isReplay) === binding))
			.filter(binding => isUseful(screen, binding))
			.filter(({rank}) => rank !== null)
			.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
	ofScreens.set(key, known);
	return known;
}

type Footer = {readonly about: readonly unknown[]; readonly since: number; readonly hints: readonly Hint[]};

let footer: Footer | null = null;

/** For so long, in ms, a footer is kept beside rows that say the same: to ask the rules of every key is half the work of a second. */
const footerMs = 5000;

/** What was recorded and pressed, and what time made of it. */
const saidBy = ({state, view, opening, replay, snapshot}: ScreenContext): readonly unknown[] => [
	...[state, view, opening, replay?.playing, snapshot.headline.word, snapshot.next?.text, snapshot.you?.text],
	...[...snapshot.stages, ...snapshot.triggers].map(row => row.state),
	...snapshot.gates.map(({verdict}) => verdict),
];

const isSame = (all: readonly unknown[], others: readonly unknown[]): boolean =>
	all.length === others.length && all.every((one, index) => one === others[index]);

/** Of one screen, most wanted first. */
export const hintsOf = (at: ScreenContext): readonly Hint[] => {
	const about = saidBy(at);
	const since = at.snapshot.now;
	if (footer === null || Math.abs(since - footer.since) >= footerMs || !isSame(about, footer.about)) {
		const hints = named(at.view.screen, at.replay !== null).map(binding => hintOf(at, binding));
		footer = {about, since, hints};
	}
	return footer.hints;
};

/** Every key of an open cutover, by heading; those of a replay where there is one. */
export const helpOf = (at: ScreenContext): readonly Hint[] =>
	bindings
		.filter(({where, live}) => (at.replay === null ? where !== 'replay' : !live))
		.filter(({where}) => typeof where === 'string' || !where.every(isBare))
		.map(binding => hintOf(at, binding));

/** Keys of what no binding names among its acts. */
const others: Readonly<Partial<Record<CommandName, string>>> = {vote: 'g', keep: 'g', sign: 's', setField: 'e'};

const enter = '⏎';

const looksAt: Readonly<Record<NextTarget['kind'], string>> = {
	gate: enter,
	stage: enter,
	trigger: 't',
	signOff: 's',
	field: 'e',
	path: 'B',
	link: 'y',
};

/** What a key is called for an act, where it is called otherwise for others; undefined where it is not. */
export const labelFor = (act: CommandName, key: string): string | undefined => {
	const binding = bindings.find(({shown, labelsOf}) => shown === key && labelsOf !== undefined);
	return binding?.labelsOf?.[act] ?? binding?.label;
};

const onRollbackAlone = ({where}: Binding): boolean => where.length === 1 && where[0] === 'rollback';

/**
 * The key that does what is next, or shows what is only watched; null where there is nothing to press. What has a key on the
 * rollback screen alone has that one there, and is done by its being NEXT elsewhere.
 */
export const keyForNext = ({act, target}: Pick<Next, 'act' | 'target'>, screen: ScreenName): string | null => {
	if (act === null) {
		const key = target === null ? null : looksAt[target.kind];
		// On other screens than the board Enter speaks of something else.
		return key === enter && screen !== 'board' ? null : key;
	}
	const does = bindings.filter(({acts}) => acts.some(name => name === act));
	const own = does.find(onRollbackAlone);
	if (own !== undefined) return screen === 'rollback' ? own.shown : '.';
	return does[0]?.shown ?? others[act] ?? ':';
};

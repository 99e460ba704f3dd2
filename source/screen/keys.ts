/*
The one table of keys. The dispatcher, the hints of the footer, the help, the palette and docs/keys.md follow from it;
whether a key is dimmed is asked of the rules, which also say why.
*/
import type {At} from './acts/act.ts';
import {type ActName, acts} from './acts/acts.ts';
import {refusalOf} from './dialogs/opening.ts';
import {acting} from './keys/acting.ts';
import type {Binding, Where} from './keys/binding.ts';
import {looking} from './keys/looking.ts';
import {moving} from './keys/moving.ts';
import type {Hint} from './panel.ts';
import type {ScreenName} from './view.ts';

export const bindings: readonly Binding[] = [...moving, ...acting, ...looking];

const holds = (where: Where, screen: ScreenName): boolean =>
	where === 'anywhere' || (where === 'cutover' ? screen !== 'opening' : where.includes(screen));

const appliesTo = (screen: ScreenName) => (binding: Binding) => holds(binding.where, screen);

/** What a key does on a screen. */
export const bindingOf = (screen: ScreenName, key: string): Binding | undefined =>
	bindings.find(binding => binding.keys.includes(key) && appliesTo(screen)(binding));

/** Null where one of its acts may be done, or has first to be told of what it speaks. */
const refusal = (at: At, names: readonly ActName[]): string | null => {
	let first: string | null = null;
	for (const name of names) {
		const on = acts[name].on(at);
		if (on === null && acts[name].targets(at).length > 0) return null;
		const refused = refusalOf(at, name, on ?? '');
		if (refused === null) return null;
		first ??= refused;
	}
	return first;
};

const hintOf = (at: At, {shown, label, help, heading, acts: names}: Binding): Hint => ({
	keys: shown,
	label,
	help,
	where: heading,
	refusal: refusal(at, names),
});

const byRank = (a: Binding, b: Binding): number => (a.rank ?? 0) - (b.rank ?? 0);

/** Of one screen, most wanted first. */
export const hintsOf = (at: At): readonly Hint[] =>
	bindings
		.filter(binding => binding.rank !== null && appliesTo(at.view.screen)(binding))
		.sort(byRank)
		.map(binding => hintOf(at, binding));

/** Every key of the program, by heading. */
export const helpOf = (at: At): readonly Hint[] => bindings.map(binding => hintOf(at, binding));

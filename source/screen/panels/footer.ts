/*
The last rows of every screen: a rule, what was answered or refused, and the keys. A key that the rules refuse now is
dimmed; the help says why.
*/
import type {SafeText} from '../../text/clean.ts';
import {messageLines} from '../layout.ts';
import type {FooterKey, PanelProps} from '../panel.ts';
import type {Theme} from '../theme.ts';
import {bold, dim, inset, keyLook, type Line, type Look, plain, type Span, span, widthOf} from './line.ts';
import {rule} from './section.ts';

/** One that no rule forbids. */
export const footerKey = (keys: string, label: string, last = false): FooterKey => ({keys, label, refusal: null, last});

const hintOf = ({keys, label, refusal}: FooterKey, {glyph}: Theme): readonly Span[] => {
	const known = refusal === null;
	return [
		span(keys.replace('⏎', glyph.enter), known ? keyLook : dim),
		span(label === '' ? '' : ` ${label}`, known ? plain : dim),
	];
};

const gap = span('  ', plain);

/** Those of `hints` that fit beside each other; what the rules allow now comes first: there is not room for every key. */
function fitting(hints: readonly FooterKey[], room: number, theme: Theme): readonly Span[] {
	const taken: Span[] = [];
	let left = room;
	const take = (hint: FooterKey): boolean => {
		const spans = [...(taken.length === 0 ? [] : [gap]), ...hintOf(hint, theme)];
		left -= widthOf(spans);
		if (left >= 0) taken.push(...spans);
		return left >= 0;
	};
	const refused: FooterKey[] = [];
	for (const hint of hints)
		if (hint.refusal !== null) refused.push(hint);
		else if (!take(hint)) return taken;
	for (const hint of refused) if (!take(hint)) break;
	return taken;
}

/** How to go back, to get help and to leave is at the end; before that, behind `lead`, as many as fit. */
export const keysLine = (hints: readonly FooterKey[], columns: number, theme: Theme, lead: Line = []): Line => {
	const last = fitting(
		hints.filter(hint => hint.last),
		Number.POSITIVE_INFINITY,
		theme,
	);
	const room = columns - 2 - widthOf(last) - 3 - widthOf(lead);
	const others = hints.filter(hint => !hint.last);
	return inset(columns, [...lead, ...fitting(others, room, theme)], last);
};

const looks: Readonly<Record<'done' | 'refused' | 'ask', Look>> = {done: plain, refused: bold, ask: bold};

const messageLine = (text: SafeText, columns: number, look: Look): Line => inset(columns, [span(text, look)]);

export type FooterProps = Pick<PanelProps, 'view' | 'size' | 'theme' | 'hints'>;

/** A rule, the message as `layout` counts it, the keys. */
export const footerLines = ({view, size, theme, hints}: FooterProps): readonly Line[] => {
	const said = messageLines(view, view.size).map(text =>
		messageLine(text, size.columns, looks[view.message?.kind ?? 'done']),
	);
	const lines = [rule(theme, size.columns), ...said, keysLine(hints, size.columns, theme)];
	// Where there is no room for all, the keys give way last and the rule first.
	return lines.slice(-Math.max(0, size.rows));
};

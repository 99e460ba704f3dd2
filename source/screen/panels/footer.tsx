/*
The last rows of every screen: a rule, what was answered or refused, and the keys. A key that the rules refuse now is
dimmed; the help says why.
*/
import {type SafeText, safe} from '../../text/clean.ts';
import {messageLines} from '../layout.ts';
import type {Hint, PanelProps} from '../panel.ts';
import type {Theme} from '../theme.ts';
import {bold, dim, inset, keyLook, type Line, type Look, plain, type Span, span, widthOf} from './line.ts';
import {Paint} from './paint.tsx';
import {rule} from './section.ts';

/** A key of a footer. */
export type FooterKey = Pick<Hint, 'keys' | 'label' | 'refusal' | 'last'>;

/** One that no rule forbids. */
export const footerKey = (keys: string, label: string, last = false): FooterKey => ({keys, label, refusal: null, last});

const hintOf = ({keys, label, refusal}: FooterKey, {glyph}: Theme): readonly Span[] => {
	const known = refusal === null;
	return [
		span(safe(keys.replace('⏎', glyph.enter)), known ? keyLook : dim),
		span(safe(label === '' ? '' : ` ${label}`), known ? plain : dim),
	];
};

const gap = span(safe('  '), plain);
/** Each of them, and what parts it from the one before. */
const parted = (hints: readonly FooterKey[], theme: Theme): readonly Line[] =>
	hints.map((hint, at) => (at === 0 ? hintOf(hint, theme) : [gap, ...hintOf(hint, theme)]));

/** How to go back, to get help and to leave stands at the end; before that, behind `lead`, as many as fit. */
export const keysLine = (hints: readonly FooterKey[], columns: number, theme: Theme, lead: Line = []): Line => {
	const last = parted(
		hints.filter(hint => hint.last),
		theme,
	).flat();
	const room = columns - 2 - widthOf(last) - 3 - widthOf(lead);
	// What the rules allow now comes first: there is not room for every key.
	const first = parted(
		[...hints.filter(hint => !hint.last)].sort((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null)),
		theme,
	);
	let taken = 0;
	const tooWide = first.findIndex(part => {
		taken += widthOf(part);
		return taken > room;
	});
	return inset(columns, [...lead, ...first.slice(0, tooWide < 0 ? first.length : tooWide).flat()], last);
};

const looks: Readonly<Record<'done' | 'refused' | 'ask', Look>> = {done: plain, refused: bold, ask: bold};

const messageLine = (text: SafeText, columns: number, look: Look): Line => inset(columns, [span(text, look)]);

export type FooterProps = Pick<PanelProps, 'view' | 'size' | 'theme' | 'hints'>;

/** A rule, the message as `layout` counts it, the keys. */
const footerLines = ({view, size, theme, hints}: FooterProps): readonly Line[] => {
	const said = messageLines(view, view.size).map(text =>
		messageLine(text, size.columns, looks[view.message?.kind ?? 'done']),
	);
	const lines = [rule(theme, size.columns), ...said, keysLine(hints, size.columns, theme)];
	// Where there is no room for all, the keys give way last and the rule first.
	return lines.slice(-Math.max(0, size.rows));
};

export const Footer = (props: FooterProps) => (
	<Paint lines={footerLines(props)} size={props.size} theme={props.theme} />
);

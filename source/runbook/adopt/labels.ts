/* Lines that say by their own label, or by the word they begin with, what they are about. */

import {lengthIn, withoutMark} from './marks.ts';
import type {Place} from './places.ts';
import {beginsWith, choicesOf, isOnly, saysOf, type Topic, topicOf} from './topics.ts';

const [or, when] = [choicesOf('or'), choicesOf('whenIf')];
/** What is between the conditions of a line. */
const between = new RegExp(`\\s+·\\s+|;\\s+|,?\\s+(?:${or})\\s+(?:${when})\\s+|,\\s+(?:${or})\\s+`, 'iu');

const listed = (text: string, apart: RegExp): readonly string[] => text.replace(/[,;.]$/, '').split(apart);

/** `If it is not empty: stop here`, `If errors rise, roll back`: when to stop, which is no step. */
export function saysStop(text: string): boolean {
	const [, then = ''] =
		/^(?:[^:：,，→]|(?<=\d):(?=\d)){5,160}?(?:[：,，→]|:(?!\d)|->|\s[–—-]\s)\s*(\S.*)$/u.exec(withoutMark(text)) ?? [];
	return beginsWith(withoutMark(text), 'whenIf') && (beginsWith(then, 'halt') || beginsWith(then, 'back'));
}

const either = new RegExp(`^(.*?\\S),?\\s+(?:${or})\\s+(\\S.*)$`, 'isu');

/** Of "orders are lost or the shop is down for 5 minutes" a clock measures one half alone. */
function apart(text: string): readonly string[] {
	const [, one = '', other = ''] = either.exec(text) ?? [];
	const isClocked = (part: string): boolean => saysOf(part, 'outage') && lengthIn(part) !== null;
	const isFact = (part: string): boolean => part.split(/\s+/).length > 2 && lengthIn(part) === null;
	return (isClocked(one) && isFact(other)) || (isFact(one) && isClocked(other)) ? [one, other] : [text];
}

/** Several conditions that one line says, each of which is enough. */
export const alternativesIn = (text: string): readonly string[] =>
	saysStop(text)
		? [text]
		: text
				.replace(/[,;.:：]$/u, '')
				.split(between)
				.flatMap(apart);

/** `Roll back when A, or if B`, and under such a heading `Halt the rollout if A`: what it names; null where a line begins otherwise. */
function conditionsIn(text: string, isBelow: boolean): readonly string[] | null {
	const words = text.split(/\s+/);
	const first = words.findIndex(word => isOnly(word, 'whenIf'));
	const isLabel = isOnly(words.slice(0, first).join(' '), 'backLabel');
	const rest = words.slice(first + 1).join(' ');
	// "Return if any of these is seen:" leads to what it names, "Return if more than 3 are down:" to what is done then.
	const leads = /[:：]\s*$/.test(text) && !/\d/.test(rest);
	const isMeant = isBelow && !leads && first < 5 && (beginsWith(text, 'backLabel') || beginsWith(text, 'back'));
	if (first < 1 || !(isLabel || isMeant)) return null;
	return rest === '' ? null : alternativesIn(rest);
}

/**
`**Revert when:** hit ratio < 50 % · 5xx > 1 %`, a line of its own or an item with such a label: its label, and what is behind it.
`isBelow`: it is under a heading about the rollback.
*/
export function labelled(
	{kind, text, raw}: Place,
	isBelow: boolean,
): {readonly topic: Topic; readonly values: readonly string[]} | null {
	const isOwn = kind === 'line' || (kind === 'item' && isBelow && /^\*\*[^*]+\*\*/.test(raw));
	const [, label = '', rest = ''] = (isOwn && /^([^:：]{3,40})[:：]\s*(\S.*)$/.exec(text)) || [];
	if (rest === '') {
		const said = kind === 'line' ? conditionsIn(text, isBelow) : null;
		return said === null ? null : {topic: 'triggers', values: said};
	}
	if (label.split(/\s+/).length > 5) return null;
	if (kind === 'line' && beginsWith(label, 'checks')) return {topic: 'gates', values: [rest]};
	// `Before: A; B`, `Go if: A; B`
	if (kind === 'line' && (isOnly(label, 'strongGate') || topicOf(label, isBelow) === 'goIf'))
		return {topic: 'gates', values: listed(rest, /\s*;\s+|\s+·\s+/)};
	const topic = isOnly(label, 'backLabel') ? 'rollback' : topicOf(label, isBelow);
	if (topic === 'rollback' && kind === 'line') return {topic, values: [rest]};
	if (topic === 'none' && kind === 'item') return {topic, values: []};
	// `Signed off by: A, B`
	if (topic === 'signOffs' && kind === 'line' && !/_{2}|[<[{]/.test(raw))
		return {topic, values: listed(rest, /\s*[,;·]\s+/)};
	return topic === 'triggers' ? {topic, values: alternativesIn(rest)} : null;
}

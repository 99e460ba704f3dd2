/*
What people confirm, fact by fact, without who confirms it.
*/
import {han} from '../text/letters.ts';
import {namesPattern} from './roles.ts';

const verbs =
	'(?:confirms?|confirmed|reports?|reported|declares?|declared|decides?|decided|judges?|considers?|deems?|believes?|finds?|sees|thinks?|feels?|states?|says?|agree[sd]?|acknowledge[sd]?|calls?|确认|认定|判断|报告|决定|宣布|认为)';
const together = '(?:(?:both|all|jointly|together|unanimously|一致|都|均|共同)\\s*)?';

/** Whether several roles say it together: "A and B agree that …", "A, B and C confirm …". */
export function sayTogether(text: string, roles: readonly string[]): boolean {
	if (roles.length < 2) return false;
	const name = `<?(?:the\\s+)?(?:${namesPattern(roles)})>?`;
	const between = '\\s*(?:,\\s*(?:and\\b)?|\\band\\b|&|和|与|及|、)\\s*';
	const others = `(?:${between}${name}){${roles.length - 1}}`;
	const [said] = new RegExp(`${name}${others}\\s*${together}(?:have\\s+)?${verbs}`, 'i').exec(text) ?? [];
	return said !== undefined && /\band\b|&|和|与|及/i.test(said);
}

/** Whether people who are not named say it together: "both agree". */
export const sayBoth = (text: string): boolean =>
	/\bboth\s+(?:of\s+(?:them|us)\s+)?(?:have\s+)?(?:agree|confirm|decide|declare|judge|consider|believe|think|feel)(?:e?d)?\b/i.test(
		text,
	);

/** A fact by itself: without who says it. */
function bare(fact: string, roles: readonly string[]): string {
	const joint = '\\s*(?:/|,|&|\\bor\\b|\\band\\b|或|和|、)\\s*';
	const name = `(?:(?:the|any|any of|either|both)\\s+)*(?:${namesPattern(roles)})s?`;
	const who = `<?${name}(?:${joint}${name}){0,5}>?`;
	const by = new RegExp(
		`(?:(?:is|are|has been|as)\\s+)?(?:${verbs}\\s+)?(?:by|from|由|经)\\s*${who}\\s*${verbs}?`,
		'gi',
	);
	const saying = new RegExp(`^\\s*(?:both\\s+)?${who}\\s*${together}(?:have\\s+)?${verbs}\\s*(?:that\\s+)?`, 'i');
	const heading = new RegExp(`^\\s*${who}\\s*[:：]\\s*`, 'i');
	const clean = roles.length === 0 ? fact : fact.replace(heading, '').replace(by, ' ').replace(saying, '');
	return clean
		.replace(/^(?:and|or|but|that|if|when|若|如果|且|并)\s+/i, '')
		.replace(/\s+/g, ' ')
		.replace(/^[\s,:;，；]+|[\s.,;:。；，]+$/g, '');
}

const twoHan = new RegExp(`[${han}]{2}`);
const enough = (fact: string): boolean => fact.split(/\s+/).length > 1 || twoHan.test(fact);

/** What people confirm, split at "with" and "and" where each part is a fact by itself. */
export function factsOf(text: string, roles: readonly string[]): readonly string[] {
	const whole = bare(text, roles);
	const facts = whole
		.split(/,?\s+(?:with|and)\s+|，?(?:并且|而且|同时|且)/i)
		.map(fact => bare(fact, []))
		.filter(fact => fact !== '');
	return facts.length > 1 && facts.every(enough) ? facts : [enough(whole) && !/^to\s/i.test(whole) ? whole : text];
}

/* Who must say yes: the groups that a text names, known roles and others ("acknowledged by DBA and SRE"). */

import {han, letter} from '../text/letters.ts';
import {respelt} from './markdown/inline.ts';
import {namesPattern, type Roles} from './roles.ts';

const saying =
	'(?:reviewed|acknowledged?|acknowledges|approved?|approves|confirmed?|confirms|signed off|agreed?|accepted|accepts|endorsed)';
const by = new RegExp(`${saying}\\s+(?:in writing\\s+)?by\\s+([^.;:()\\n]{1,120})`, 'gi');
const before = new RegExp(
	`(?:^|[.;:,(]\\s*|and\\s+)((?:[A-Z][\\w-]{0,20}[ /,&+]{1,3}(?:and\\s+)?){1,6})(?:owners?|leads?|teams?)?\\s*(?:have\\s+|has\\s+|must\\s+)?${saying}(?!\\s+(?:in writing\\s+)?by\\b)`,
	'g',
);
const having = new RegExp(
	`(?:^|[.;,(]\\s*)((?:the\\s+)?[\\w-]+(?: [\\w-]+){0,2}(?:(?:,\\s*|\\s+and\\s+|\\s*/\\s*)(?:the\\s+)?[\\w-]+(?: [\\w-]+){0,2}){0,5})\\s+(?:have|has)\\s+(?:all\\s+|both\\s+)?${saying}`,
	'gi',
);
const several = new RegExp(
	`(?:^|[.;]\\s+)((?:the\\s+)?[\\w-]+(?: [\\w-]+){0,2}(?:(?:,\\s*|\\s+and\\s+|\\s*/\\s*)(?:the\\s+)?[\\w-]+(?: [\\w-]+){0,2}){1,5})\\s+${saying}(?!\\s+(?:in writing\\s+)?by\\b)`,
	'gi',
);
const chinese = /由\s*([^，。；、\s][^，。；]{0,40}?)\s*(?:已|均|共同|书面)?(?:确认|批准|审阅|评审|知悉|认可|同意)/g;
const chineseAll =
	/([^，。；,;\s]{1,12}(?:[、和与及][^，。；、,;\s]{1,12}){1,5}?)\s*(?:均|都|全部)\s*已?(?:书面)?(?:确认|批准|审阅|评审|知悉|认可|同意)/g;
const stop = /\s+(?:with|in|on|at|before|after|that|via|within|until|for|to|as|who|of|during|using|through)\s.*$/is;
const nobody =
	/^(?:the )?(?:owners?|all|everyone|everybody|teams?|leads?|stakeholders?|hand|e-?mail|names?|both|each|people|somebody|someone|writing|path|command|files?|it|they|we|all owners|负责人|所有人|各方|双方)$/i;

const split = (text: string): readonly string[] =>
	text
		.replace(stop, '')
		.split(/\s*(?:\+|,|;|&|\/|、|\band\b|\bor\b|和|与|及)\s*/i)
		.map(name =>
			name
				.replace(/^(?:the|both|all|our|at least|either|one of|any of)\s+|^@/i, '')
				.replace(/\s+(?:owners?|teams?|groups?)$/i, '')
				.trim(),
		);

const shortName = new RegExp(`^[${letter}][${letter} _-]{0,39}$`);
const isName = (name: string): boolean =>
	shortName.test(name) && name.split(/\s+/).length <= 3 && !nobody.test(name) && !/^\d+$/.test(name);

/** The text without its code, roles in code kept. */
export const prose = (text: string): string =>
	respelt(
		text,
		between => between,
		({code}) => (/^\s*<[\w -]+>\s*$/.test(code) ? code : ' '),
	);

/** "Plan approved" is about the plan; who approved it is named with a verb of their own, a word for people, or others. */
const isSubject = (match: RegExpExecArray): boolean =>
	/\b(?:owners?|leads?|teams?|have|has|must)\b|[/,&+]|\band\b|\bL\d\b|(?:acknowledges|approves|confirms|accepts)$/i.test(
		match[0].trim(),
	);

/** As the text has them; who is only meant ("L1-L3") is behind the one before. */
function inOrder(names: readonly string[], text: string): readonly string[] {
	const line = text.toLowerCase().replace(/[\s_]/g, '-');
	let last = 0;
	const placed = names.map(name => {
		const at = line.indexOf(name.toLowerCase());
		last = at === -1 ? last : at;
		return {name, at: last};
	});
	return placed.toSorted((a, b) => a.at - b.at).map(({name}) => name);
}

/** Names of groups; none where the text names nobody. Who is said to say yes goes before who is only named. */
export function groupsIn(text: string, roles: Roles): readonly string[] {
	const line = text.slice(0, 2000);
	const said = [
		...[
			...(/\bby\b/i.test(line) ? line.matchAll(by) : []),
			...(/\bha(?:ve|s)\b/i.test(line) ? line.matchAll(having) : []),
			...(line.includes('由') ? line.matchAll(chinese) : []),
		],
		...[...line.matchAll(before)].filter(isSubject),
		...[...line.matchAll(chineseAll)].filter(([whole]) => roles.named(whole).length > 0),
		// "Terms and conditions approved" names nobody: one of several is known to be somebody.
		...(/,|\/|\band\b/i.test(line) ? [...line.matchAll(several)] : []).filter(
			([whole]) => roles.named(whole).length > 0,
		),
	];
	const named = said.flatMap(([whole]) => roles.named(whole));
	const begins = (name: string) =>
		named.some(role => role.toLowerCase().startsWith(name.toLowerCase().replaceAll(' ', '-')));
	const others = said
		.flatMap(([, names = '']) => split(names))
		.filter(name => isName(name) && !begins(name) && roles.named(name).length === 0);
	const found = [...new Set([...named, ...others.map(name => roles.spell(name))])];
	return found.length > 0 ? inOrder(found, text) : roles.named(text);
}

export const saysAny = (text: string): boolean => /\b(?:any of|either|one of|any one)\b|任一|任意一/i.test(text);

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

/** What people confirm, fact by fact and without who confirms it: split at "with" and "and" where each part is a fact by itself. */
export function factsOf(text: string, roles: readonly string[]): readonly string[] {
	const whole = bare(text, roles);
	const facts = whole
		.split(/,?\s+(?:with|and)\s+|，?(?:并且|而且|同时|且)/i)
		.map(fact => bare(fact, []))
		.filter(fact => fact !== '');
	return facts.length > 1 && facts.every(enough) ? facts : [enough(whole) && !/^to\s/i.test(whole) ? whole : text];
}

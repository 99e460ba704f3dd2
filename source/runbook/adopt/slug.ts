/* Ids of steps, made of their words. */

import {withoutMark} from '../parts/timeline/clock.ts';

/** What is before the name of a step: its number, its time. */
export const prefix =
	/^(?:[\p{L}]+\s*#?\d{1,2}[a-z]?(?:\.\d+)*\s*(?:---?|[-–—:.)](?!\d)|$)\s*|T ?(?:minus|plus|[-+=]) ?\d+ ?[a-z]*\s*[-–—:]?\s*|\d{1,2}:\d\d(?: ?[AP]M)?\s*[-–—:|]?\s*|[#\d.]+[.)]?\s+)/iu;

/** A name of up to three words. `taken`: names of others, to which it is added. */
export function slug(text: string, taken: Set<string>): string {
	const bare = withoutMark(text).replace(/^[^\p{L}\p{N}]+/u, '');
	// "T-7 days" and nothing else is a name as well.
	const named = bare.replace(prefix, '').replace(/^(?:days?|weeks?|hours?|minutes?|mins?)\b/i, '');
	const words = (/[\p{L}\p{N}]/u.test(named) ? bare.replace(prefix, '') : bare)
		.replace(/\([^()]{1,40}\)/g, '')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	const base =
		words
			.split('-')
			.slice(0, 3)
			.join('-')
			.replace(/^(?=\d)/, 's-') || 'stage';
	let id = base;
	for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
	taken.add(id);
	return id;
}

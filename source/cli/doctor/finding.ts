/* What an examination of the machine comes to. */

import {type Stated, stated} from '../colour.ts';

/** `beware`: it works, and something may surprise. `unknown`: it cannot be found out. */
export type Finding = {
	readonly name: string;
	readonly holds: 'yes' | 'no' | 'unknown' | 'beware';
	readonly text: string;
	readonly fix: string;
};

export type Found = Omit<Finding, 'name'>;

const words = {yes: 'OK', no: 'MISSING', unknown: 'UNKNOWN', beware: 'WARNING'} as const;
const wordWidth = 7;

/** As `doctor` and `store check` print it. */
export const lineOf = ({name, holds, text, fix}: Finding): Stated => {
	const space = ' '.repeat(wordWidth - words[holds].length + 2);
	return stated('', words[holds], `${space}${name}: ${text}${holds === 'yes' || fix === '' ? '' : ` ${fix}`}`);
};

export const yes = (text: string): Found => ({holds: 'yes', text, fix: ''});
export const no = (text: string, fix: string): Found => ({holds: 'no', text, fix});
export const beware = (text: string, fix: string): Found => ({holds: 'beware', text, fix});
export const unknown = (text: string, fix = ''): Found => ({holds: 'unknown', text, fix});

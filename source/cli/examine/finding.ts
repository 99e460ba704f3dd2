/*
What an examination of the machine comes to.
*/

/** `beware`: it works, and something may surprise. `unknown`: it cannot be found out. */
export type Finding = {
	readonly name: string;
	readonly holds: 'yes' | 'no' | 'unknown' | 'beware';
	readonly text: string;
	readonly mend: string;
};

export type Found = Omit<Finding, 'name'>;

export const yes = (text: string): Found => ({holds: 'yes', text, mend: ''});
export const no = (text: string, mend: string): Found => ({holds: 'no', text, mend});
export const beware = (text: string, mend: string): Found => ({holds: 'beware', text, mend});
export const unknown = (text: string, mend = ''): Found => ({holds: 'unknown', text, mend});

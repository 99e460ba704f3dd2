/** Text as a sentence: with the full stop that it lacks, and no second one behind what people wrote. */
export const asSentence = (text: string): string =>
	/[.!?…。！？]$/.test(text) ? text.replace(/(?<=[.!?…。！？])\.$/, '') : `${text}.`;

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

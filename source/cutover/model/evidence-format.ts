/*
The formats in which evidence is written, by the name of their option, as people call them. To add one: a line here, and one with its
writer in evidence/formats.ts, which the compiler asks for; command line, screen and docs follow.
*/
export const evidenceFormats = {text: 'text', md: 'Markdown', json: 'JSON', html: 'HTML'} as const;

export type EvidenceFormat = keyof typeof evidenceFormats;

export const formatNames = (): readonly EvidenceFormat[] => Object.keys(evidenceFormats) as EvidenceFormat[];

export const isFormat = (word: string): word is EvidenceFormat => Object.hasOwn(evidenceFormats, word);

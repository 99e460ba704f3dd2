/** A runbook of ordered steps without times: it can be followed once it is adopted. */
export const tills = `# Move of the tills

## Steps

### Announce (10 min)

- call the shops

### Decide

- all say yes

### Switch the tills

- turn the key

### Count one till

- [ ] sums agree
`;

/** Everything a control needs to be found again: by tests, and by the keeper of the keyboard's place. */
export function marks(part, place, testid) {
  return { testid, actionId: part.action_id, blockId: place.blockId, focusKey: `${place.blockId}/${part.action_id}` };
}

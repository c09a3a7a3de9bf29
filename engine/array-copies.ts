/*
 * Small lists that are copied at every step. A copy that is then made longer is made twice, and has room for 17 more.
 */

export function inserted<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  const copy = new Array<Item>(items.length + 1);
  for (let slot = 0; slot < at; slot += 1) copy[slot] = items[slot] as Item;
  copy[at] = item;
  for (let slot = at; slot < items.length; slot += 1) copy[slot + 1] = items[slot] as Item;
  return copy;
}

export function removed<Item>(items: readonly Item[], at: number): Item[] {
  const copy = new Array<Item>(items.length - 1);
  for (let slot = 0; slot < at; slot += 1) copy[slot] = items[slot] as Item;
  for (let slot = at; slot < copy.length; slot += 1) copy[slot] = items[slot + 1] as Item;
  return copy;
}

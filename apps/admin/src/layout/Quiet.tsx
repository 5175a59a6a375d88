/** Nothing: the place of a part of react-admin that Tenon does itself. */
export function Quiet() {
  return null;
}

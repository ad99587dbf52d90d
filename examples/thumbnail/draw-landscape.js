// Draws landscape.jpg: a sunset over hills and a lake, the same picture every time.
import sharp from 'sharp';

const width = 1200;
const height = 800;
const horizon = 0.62 * height;
const sun = { x: 0.68 * width, y: 0.4 * height, radius: 46 };
const hills = [
  { base: 0.5, rise: 0.16, roughness: 3.1, seed: 11, colour: [138, 104, 128] },
  { base: 0.55, rise: 0.13, roughness: 4.7, seed: 29, colour: [96, 72, 98] },
  { base: 0.6, rise: 0.09, roughness: 7.9, seed: 53, colour: [52, 44, 66] },
];

/** A number from 0 to 1 that depends on its arguments only. */
function hash(x, y) {
  let bits = Math.imul(x | 0, 374_761_393) ^ Math.imul(y | 0, 668_265_263);
  bits = Math.imul(bits ^ (bits >>> 13), 1_274_126_177);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise of several octaves, from 0 to 1. */
function noise(x, y) {
  let sum = 0;
  for (let octave = 0, scale = 1, weight = 0.5; octave < 5; octave++, scale *= 2, weight /= 2) {
    const [column, row] = [Math.floor(x * scale), Math.floor(y * scale)];
    const [u, v] = [smooth(x * scale - column), smooth(y * scale - row)];
    const top = mix(hash(column, row), hash(column + 1, row), u);
    const bottom = mix(hash(column, row + 1), hash(column + 1, row + 1), u);
    sum += weight * mix(top, bottom, v);
  }
  return sum;
}

function smooth(t) {
  return t * t * (3 - 2 * t);
}

function mix(a, b, t) {
  return a + (b - a) * t;
}

function mixColour(a, b, t) {
  return a.map((channel, index) => mix(channel, b[index], t));
}

function sky(x, y) {
  const up = 1 - y / horizon;
  let colour = mixColour([250, 190, 120], [52, 84, 148], Math.min(1, up * 1.15));
  const distance = Math.hypot(x - sun.x, y - sun.y);
  colour = mixColour(colour, [255, 226, 170], Math.exp(-distance / 150));
  if (distance < sun.radius) colour = [255, 244, 214];
  const cloud = Math.max(0, noise(x / 260, y / 70) - 0.5) * 2.4;
  return mixColour(colour, [255, 208, 182], Math.min(0.75, cloud));
}

function land(x, y) {
  let colour = sky(x, y);
  for (const { base, rise, roughness, seed, colour: hill } of hills) {
    const ridge = (base - rise * (noise((x / width) * roughness, seed) - 0.35)) * height;
    if (y > ridge) colour = mixColour(hill, [226, 164, 128], Math.min(0.35, (y - ridge) / 900));
  }
  return colour;
}

function pixel(x, y) {
  if (y < horizon) return land(x, y);
  const depth = (y - horizon) / (height - horizon);
  const ripple = (noise(x / 40, y / (3 + 14 * depth)) - 0.5) * (6 + 46 * depth);
  const reflected = land(x + ripple, Math.max(0, horizon - (y - horizon) * 1.35 + ripple * 0.4));
  return mixColour(reflected, [22, 34, 62], 0.25 + 0.45 * depth);
}

const pixels = new Uint8ClampedArray(width * height * 3);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    const grain = (hash(x, y + 7_919) - 0.5) * 5;
    const colour = pixel(x, y);
    for (let channel = 0; channel < 3; channel++)
      pixels[(y * width + x) * 3 + channel] = colour[channel] + grain;
  }
}
await sharp(pixels, { raw: { width, height, channels: 3 } })
  .jpeg({ quality: 78 })
  .toFile(new URL('landscape.jpg', import.meta.url).pathname);

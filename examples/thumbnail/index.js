import sharp from 'sharp';

const defaultWidth = 320;
const widestWidth = 1600;

/**
 * Makes thumbnails. The image arrives in one of two events:
 *
 * - HTTP, payload format 2.0: the image is the base64 `body`, the width is `?width=`. The result is the image.
 * - S3 notification: Hearth has no buckets yet and a function no network, so each record brings its bytes along,
 *   base64 in `s3.object.body` (a member that real S3 events do not have). The result lists the thumbnails.
 */
export async function handler(event) {
  if (event.Records) {
    const width = Number(process.env.THUMBNAIL_WIDTH ?? defaultWidth);
    return { thumbnails: await Promise.all(event.Records.map((record) => fromRecord(record, width))) };
  }
  const width = Number(event.queryStringParameters?.width ?? defaultWidth);
  if (!Number.isInteger(width) || width < 1 || width > widestWidth) {
    return refuse(`width must be a whole number from 1 to ${widestWidth}`);
  }
  try {
    const { data, info } = await shrink(Buffer.from(event.body ?? '', 'base64'), width);
    return {
      statusCode: 200,
      headers: { 'content-type': 'image/jpeg', 'x-image-size': `${info.width}x${info.height}` },
      isBase64Encoded: true,
      body: data.toString('base64'),
    };
  } catch (error) {
    console.warn('Not an image:', error.message);
    return refuse('the body is not an image that can be read');
  }
}

async function fromRecord({ s3 }, width) {
  // Keys in S3 events are URL-encoded, with plus for space.
  const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
  const { data, info } = await shrink(Buffer.from(s3.object.body, 'base64'), width);
  console.log(`${s3.bucket.name}/${key}: ${info.width}x${info.height}, ${info.size} bytes`);
  return {
    key: `thumbnails/${key}`,
    contentType: 'image/jpeg',
    width: info.width,
    height: info.height,
    body: data.toString('base64'),
  };
}

function shrink(image, width) {
  return sharp(image)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
}

function refuse(error) {
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error }),
  };
}

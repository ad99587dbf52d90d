// Writes event.json (HTTP) and event-s3.json (S3) with landscape.jpg in them.
import { readFileSync, writeFileSync } from 'node:fs';

const image = readFileSync(new URL('landscape.jpg', import.meta.url));
const time = '2026-01-31T10:20:30.123Z';

const http = {
  version: '2.0',
  rawPath: '/thumbnails',
  rawQueryString: 'width=300',
  queryStringParameters: { width: '300' },
  headers: { 'content-type': 'image/jpeg' },
  requestContext: { http: { method: 'POST', path: '/thumbnails', sourceIp: '203.0.113.7' } },
  body: image.toString('base64'),
  isBase64Encoded: true,
};

const s3 = {
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: time,
      eventName: 'ObjectCreated:Put',
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'thumbnails',
        bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
        object: { key: 'lake+at+dusk.jpg', size: image.length, body: image.toString('base64') },
      },
    },
  ],
};

writeFileSync(new URL('event.json', import.meta.url), JSON.stringify(http));
writeFileSync(new URL('event-s3.json', import.meta.url), JSON.stringify(s3));

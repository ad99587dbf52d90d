/** Events to start a test from, in the shape their source sends. */
export const eventTemplates: readonly { name: string; event: unknown }[] = [
  { name: 'Hello', event: { name: 'Ada' } },
  {
    name: 'HTTP API request',
    event: {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/orders',
      rawQueryString: 'limit=10',
      headers: { accept: 'application/json', 'user-agent': 'hearth' },
      queryStringParameters: { limit: '10' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        http: {
          method: 'GET',
          path: '/orders',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'hearth',
        },
        requestId: 'request',
        stage: '$default',
        timeEpoch: 1_769_850_000_000,
      },
      isBase64Encoded: false,
    },
  },
  {
    name: 'Scheduled event',
    event: {
      version: '0',
      id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-01-31T03:00:00Z',
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/nightly'],
      detail: {},
    },
  },
  {
    name: 'SQS messages',
    event: {
      Records: [
        {
          messageId: '19dd0b57-b21e-4ac1-bd88-01bbb068cb78',
          receiptHandle: 'handle',
          body: '{"order":7}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: '1769850000000',
            SenderId: 'sender',
            ApproximateFirstReceiveTimestamp: '1769850000001',
          },
          messageAttributes: {},
          md5OfBody: '4db405096ca2c297ffb21aeada277352',
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:orders',
          awsRegion: 'us-east-1',
        },
      ],
    },
  },
  {
    name: 'S3 object created',
    event: {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: '2026-01-31T09:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          s3: {
            s3SchemaVersion: '1.0',
            bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
            object: {
              key: 'holiday/fire.jpg',
              size: 482_133,
              eTag: '0123456789abcdef0123456789abcdef',
              sequencer: '0A1B2C3D4E5F678901',
            },
          },
        },
      ],
    },
  },
];

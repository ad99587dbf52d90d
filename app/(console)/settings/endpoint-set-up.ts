/** One way to reach Hearth, to copy. */
export interface EndpointSetUp {
  id: string;
  label: string;
  /** What to know besides. */
  note: string;
  code: string;
}

/** How AWS clients are pointed at this server. */
export function endpointSetUps(endpoint: string, region: string, accountId: string): EndpointSetUp[] {
  return [
    {
      id: 'cli',
      label: 'AWS CLI',
      note: 'Newer versions read the address from the environment; older ones want --endpoint-url with each command.',
      code: `export AWS_ENDPOINT_URL_LAMBDA=${endpoint} AWS_REGION=${region}
export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…

aws --endpoint-url ${endpoint} lambda list-functions`,
    },
    {
      id: 'sdk',
      label: 'SDK',
      note: 'JavaScript; the SDKs of other languages have the same three settings.',
      code: `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({
  endpoint: '${endpoint}',
  region: '${region}',
  credentials: { accessKeyId: '…', secretAccessKey: '…' },
});
const { Payload } = await lambda.send(
  new InvokeCommand({ FunctionName: 'hello', Payload: JSON.stringify({ name: 'Ada' }) }),
);
console.log(Payload?.transformToString());`,
    },
    {
      id: 'terraform',
      label: 'Terraform',
      note: 'Only the Lambda endpoint is Hearth’s. A role is named but not needed: any ARN of the right form does.',
      code: `provider "aws" {
  region                      = "${region}"
  access_key                  = "…"
  secret_key                  = "…"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    lambda = "${endpoint}"
  }
}

resource "aws_lambda_function" "hello" {
  function_name    = "hello"
  runtime          = "nodejs24.x"
  handler          = "index.handler"
  role             = "arn:aws:iam::${accountId}:role/hello"
  filename         = "hello.zip"
  source_code_hash = filebase64sha256("hello.zip")
}`,
    },
    {
      id: 'sam',
      label: 'SAM',
      note: 'SAM deploys through CloudFormation, which Hearth does not have: build with SAM, then hand the result to the AWS CLI.',
      code: `sam build HelloFunction
(cd .aws-sam/build/HelloFunction && zip -qr ../hello.zip .)

aws --endpoint-url ${endpoint} lambda update-function-code \\
  --function-name hello --zip-file fileb://.aws-sam/build/hello.zip`,
    },
  ];
}

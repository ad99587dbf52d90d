# frozen_string_literal: true

module AwsLambda
  # How events become arguments and results become answers. Functions may redefine both methods, as on Lambda.
  class Marshaller
    class << self
      # @param raw_request responds to `body` (String) and `[]` (a header's value)
      def marshall_request(raw_request)
        body = raw_request.body
        return {} if body.empty?
        raise Hearth::InvalidEvent, 'Invalid UTF-8' unless body.valid_encoding?

        JSON.parse(body)
      rescue JSON::NestingError
        raise Hearth::UnreadableEvent
      rescue JSON::ParserError => e
        # Some versions of the parser put a line number of their own source in front.
        raise Hearth::InvalidEvent, e.message.sub(/\A\d+: /, '')
      end

      # @return an IO for bytes that are no JSON, or a String of JSON
      def marshall_response(method_response)
        case method_response
        when StringIO, IO then method_response
        else method_response.to_json
        end
      end
    end
  end
end

module Hearth
  RawRequest = Struct.new(:body) do
    def [](name)
      name.casecmp?('content-type') ? 'application/json' : nil
    end
  end
  private_constant :RawRequest

  # One call of the handler: event in, result's bytes out.
  module Invocation
    class << self
      def run(handler, invoke, body)
        ENV['_X_AMZN_TRACE_ID'] = invoke['traceId']
        event = AwsLambda::Marshaller.marshall_request(RawRequest.new(body.force_encoding(Encoding::UTF_8)))
        response = handler.call(event, LambdaContext.new(invoke))
        # A redefined method may give a content type beside the answer.
        answer, = AwsLambda::Marshaller.marshall_response(response)
        answer.respond_to?(:read) ? answer.read.to_s : answer
      end
    end
  end
  private_constant :Invocation
end

# frozen_string_literal: true

# The handler's keyword argument `context`.
class LambdaContext
  attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
              :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms, :tenant_id

  # @param invoke [Hash] header of the invoke frame
  def initialize(invoke)
    @aws_request_id = invoke['requestId']
    @invoked_function_arn = invoke['invokedFunctionArn']
    @deadline_ms = invoke['deadlineMilliseconds']
    @client_context = JSON.parse(invoke['clientContext']) if invoke['clientContext']
    @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
    @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
    @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
    @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
    @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
  end

  def get_remaining_time_in_millis
    [0, @deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond)].max
  end
end

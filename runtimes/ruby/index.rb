# frozen_string_literal: true

require 'json'
require 'logger'
require 'stringio'
require_relative 'link'
require_relative 'log'
require_relative 'errors'
require_relative 'context'
require_relative 'handler'
require_relative 'invocation'

module Hearth
  # The whole life of the runtime: become the function's, then wait, call, answer.
  class Life
    # What Lambda's own runtime ends with, as a shell sees it.
    INIT_FAILURE = 252
    CRITICAL_FAILURE = 255
    MAX_PROBLEM_LENGTH = 200

    def live
      Link.send_frame(Link::STARTED, {})
      @settings, = Link.receive
      @handler = initialize_function
      Link.send_frame(Link::READY, memory_use)
      loop { serve }
    end

    private

    def initialize_function
      ENV.update(@settings['environment'])
      Dir.chdir(@settings['taskRoot'])
      Handler.set_search_path(@settings['taskRoot'])
      Log.set_up
      Handler.load(@settings['handler'])
    rescue Exception => e # an exit or a syntax error while the file is loaded is reported as well
      result = Errors.result('Init', e)
      Log.write_error("Init error when loading handler #{@settings['handler']}", result)
      Link.send_frame(Link::INIT_ERROR, { errorType: result[:errorType] }, JSON.generate(result))
      exit!(INIT_FAILURE)
    end

    def serve
      invoke, body = Link.receive
      Log.request_id = invoke['requestId']
      respond(Link::RESPONSE, {}, Invocation.run(@handler, invoke, body))
    rescue InvalidEvent => e
      # The parser quotes all the rest of the event.
      Link.send_frame(Link::INVALID_EVENT, { message: Errors.utf8(e.message)[0, MAX_PROBLEM_LENGTH] })
    rescue UnreadableEvent => e
      report('Error raised from handler method', Errors.result('Runtime', e.cause))
    rescue NameError => e # NoMethodError is one
      die(e)
    rescue StandardError => e
      report('Error raised from handler method', Errors.result('Function', e))
    rescue Exception => e
      die(e)
    end

    # Lambda's runtime does not go on after a programming error or anything graver.
    def die(error)
      report('Critical exception from handler', Errors.result('Function', error), exiting: true)
      exit(CRITICAL_FAILURE)
    end

    def report(label, result, flags = {})
      Log.write_error(label, result)
      respond(Link::ERROR, { errorType: result[:errorType], **flags }, JSON.generate(result))
    end

    def respond(type, header, body)
      limit = @settings['maxResponseBytes']
      if body.bytesize > limit
        type = Link::ERROR
        header = { **header, errorType: 'Function.ResponseSizeTooLarge' }
        message = "Response payload size exceeded maximum allowed payload size (#{limit} bytes)."
        body = JSON.generate(errorMessage: message, errorType: header[:errorType])
      end
      Link.send_frame(type, { **header, **memory_use }, body)
    end

    # Only asked for where no control group measures it.
    def memory_use
      return {} unless @settings['reportMemory']

      { maxRssKilobytes: File.read('/proc/self/status')[/^VmHWM:\s+(\d+)/, 1].to_i }
    end
  end
end

# What the worker says here is not the function's.
ARGV.clear
Hearth::Life.new.live

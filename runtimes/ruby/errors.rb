# frozen_string_literal: true

module Hearth
  # The event is not JSON; the handler was not called.
  class InvalidEvent < StandardError; end

  # The event is JSON that Ruby's parser does not take; `cause` says why.
  class UnreadableEvent < StandardError; end

  # Errors as callers receive them.
  module Errors
    DIRECTORY = __dir__
    MAX_FRAMES = 100

    class << self
      # @param phase [String] `Init`, `Function` or `Runtime`
      def result(phase, error)
        {
          errorMessage: utf8(error.message),
          errorType: "#{phase}<#{error.class}>",
          stackTrace: stack_trace(error)
        }
      end

      def utf8(text)
        text.to_s.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).scrub
      end

      private

      # The function's own frames: they end where the runtime called it.
      def stack_trace(error)
        frames = error.backtrace || []
        frames = frames.drop_while { |line| line.start_with?(DIRECTORY) }
        frames.take_while { |line| !line.start_with?(DIRECTORY) }.first(MAX_FRAMES).map { |line| utf8(line) }
      end
    end
  end
end

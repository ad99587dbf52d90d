# frozen_string_literal: true

module Hearth
  # What the function logs, sent as log frames. Loggers on standard output write to this module.
  module Log
    MAX_FRAME_BYTES = 256 * 1024
    LEVELS = { 'TRACE' => 'DEBUG' }.merge(%w[DEBUG INFO WARN ERROR FATAL].to_h { |name| [name, name] }).freeze

    class << self
      # The request id that log lines carry; nil during init.
      attr_accessor :request_id

      # Takes over `puts` and new loggers, in the format and level that the environment variables ask for.
      def set_up
        $stdout.sync = true
        @json = ENV['AWS_LAMBDA_LOG_FORMAT'].to_s.casecmp?('JSON')
        Logger.prepend(LambdaLogging)
        take_over_puts($stdout)
      end

      def default_level
        LEVELS.fetch(ENV['AWS_LAMBDA_LOG_LEVEL'].to_s.upcase, 'DEBUG')
      end

      def formatter
        @json ? JsonFormatter.new : TextFormatter.new
      end

      def write_error(label, result)
        if @json
          head = { timestamp: JsonFormatter.timestamp(Time.now), level: 'ERROR', message: label, requestId: request_id }
          write(JSON.generate(head.compact.merge(result)))
        else
          write(label)
          write(JSON.pretty_generate(result))
        end
      end

      # One log event. Text over 256 KB becomes several, never cut inside a character.
      def write(text)
        data = text.to_s.b
        data << "\n" unless data.end_with?("\n")
        header = { timestampMicroseconds: Process.clock_gettime(Process::CLOCK_REALTIME, :microsecond) }
        start = 0
        while start < data.bytesize
          stop = [start + MAX_FRAME_BYTES, data.bytesize].min
          stop -= 1 while stop < data.bytesize && data.getbyte(stop) & 0xC0 == 0x80
          Link.send_frame(Link::LOG, header, data.byteslice(start...stop))
          start = stop
        end
      end

      # A logger may close what it writes to; the link stays open.
      def close; end

      private

      # On Lambda all that one `puts` writes is one event.
      def take_over_puts(stdout)
        Kernel.module_eval do
          define_method(:puts) do |*values|
            next $stdout.puts(*values) unless $stdout.equal?(stdout)

            Log.write(values.flatten.map { |value| Errors.utf8(value) }.join("\n"))
          end
          private :puts
        end
      end
    end

    # Makes loggers on standard output, standard error or nothing log as on Lambda.
    module LambdaLogging
      def initialize(logdev, *rest, datetime_format: nil, formatter: nil, level: Log.default_level, **more)
        if [nil, $stdout, $stderr].include?(logdev)
          logdev = Log
          formatter ||= Log.formatter.tap { |own| own.datetime_format = datetime_format }
        end
        super(logdev, *rest, datetime_format: datetime_format, formatter: formatter, level: level, **more)
      end
    end

    class TextFormatter < Logger::Formatter
      def call(severity, time, progname, message)
        Errors.utf8(
          format(
            "%<letter>s, [%<time>s #%<process>d] %<severity>5s %<request_id>s -- %<progname>s: %<message>s\n",
            letter: severity[0], time: format_datetime(time), process: Process.pid, severity: severity,
            request_id: Log.request_id, progname: progname, message: msg2str(message)
          )
        )
      end
    end

    class JsonFormatter < Logger::Formatter
      def self.timestamp(time)
        time.getutc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ')
      end

      def call(severity, time, progname, message)
        line = { timestamp: JsonFormatter.timestamp(time), level: severity }
        line.merge!(message.is_a?(Exception) ? describe(message) : { message: Errors.utf8(msg2str(message)) })
        JSON.generate(line.merge(requestId: Log.request_id, logger: progname && Errors.utf8(progname)).compact)
      end

      private

      def describe(error)
        text = Errors.utf8(error.message)
        trace = (error.backtrace || []).map { |frame| Errors.utf8(frame) }
        { message: text, errorType: error.class.to_s, errorMessage: text, stackTrace: trace, location: trace.first }
      end
    end
  end
  private_constant :Log
end

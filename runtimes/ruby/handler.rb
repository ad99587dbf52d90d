# frozen_string_literal: true

# What a top-level method that is a handler runs on, as on Lambda: not the main object.
class LambdaHandler; end

module Hearth
  # Finds what a handler string such as `dir/file.method` or `file.Module::Class.method` names.
  module Handler
    GEMS = "ruby/#{RbConfig::CONFIG['ruby_version']}"

    class << self
      # Lambda's order: the package, layers, the interpreter. A configured RUBYLIB or GEM_PATH takes the layers' place.
      def set_search_path(task_root)
        libraries = ENV.fetch('RUBYLIB', '/opt/ruby/lib').split(':')
        $LOAD_PATH.unshift(task_root, *(libraries - [task_root]))
        own = "#{RbConfig::CONFIG['rubylibprefix']}/gems/#{RbConfig::CONFIG['ruby_version']}"
        ENV['GEM_HOME'] ||= own
        ENV['GEM_PATH'] ||= ["#{task_root}/vendor/bundle/#{GEMS}", "/opt/#{GEMS.sub('/', '/gems/')}", own].join(':')
        Gem.paths = ENV
      end

      # Loads the file; whether it has the method shows when that is called.
      # @return [Proc] takes the event and the context
      def load(handler)
        file, *names = handler.split('.')
        raise ArgumentError, malformed(handler) unless [1, 2].include?(names.size)

        require file
        *class_name, method = names
        lambda do |event, context|
          receiver = class_name.empty? ? LambdaHandler.new : Object.const_get(class_name.first)
          receiver.__send__(method, event: event, context: context)
        end
      end

      private

      def malformed(handler)
        "Invalid handler #{handler}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME " \
          'corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace ' \
          'and METHOD is a callable method. If using CLASS, METHOD must be a class-level method.'
      end
    end
  end
  private_constant :Handler
end

import { expect, it } from 'vitest';
import { frameType } from '../test-runtime.ts';
import { describeJava } from './test-java.ts';

const source = `
import com.amazonaws.services.lambda.runtime.*;
import java.io.*;
import java.lang.reflect.Type;
import java.math.*;
import java.util.*;

public class Functions {
  public enum Color { RED, BLUE }
  public record Point(int x, double y, List<String> tags, Color color) {}
  public static class Box<T> {
    private T content;
    public T getContent() { return content; }
    public void setContent(T content) { this.content = content; }
  }
  public static class Order {
    private String id;
    private boolean paid;
    private Map<String, List<Integer>> counts;
    private Box<Point> box;
    public String note = "n";
    private BigDecimal total;
    private byte[] data;
    private Order[] parts;
    private Color color;
    private Date at;
    private Long big;
    private URLPart urlPart;
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public boolean isPaid() { return paid; }
    public void setPaid(boolean paid) { this.paid = paid; }
    public Map<String, List<Integer>> getCounts() { return counts; }
    public void setCounts(Map<String, List<Integer>> counts) { this.counts = counts; }
    public Box<Point> getBox() { return box; }
    public void setBox(Box<Point> box) { this.box = box; }
    public BigDecimal getTotal() { return total; }
    public void setTotal(BigDecimal total) { this.total = total; }
    public byte[] getData() { return data; }
    public void setData(byte[] data) { this.data = data; }
    public Order[] getParts() { return parts; }
    public void setParts(Order[] parts) { this.parts = parts; }
    public Color getColor() { return color; }
    public void setColor(Color color) { this.color = color; }
    public Date getAt() { return at; }
    public void setAt(Date at) { this.at = at; }
    public Long getBig() { return big; }
    public void setBig(Long big) { this.big = big; }
    public URLPart getURLPart() { return urlPart; }
    public static String getShared() { return "never"; }
    private String getSecret() { return "never"; }
  }
  public static class URLPart { public int port = 80; }
  public static class Empty {}
  public static class Node { public Node getNext() { return this; } }
  public static class Number64 { public void setValue(int v) { throw new IllegalArgumentException("no " + v); } }

  public static class Own implements CustomPojoSerializer {
    @SuppressWarnings("unchecked")
    public <T> T fromJson(InputStream in, Type type) { return (T) ("own " + type.getTypeName()); }
    public <T> T fromJson(String in, Type type) { return null; }
    public <T> void toJson(T value, OutputStream out, Type type) {
      try { out.write(("<" + value + ">").getBytes()); } catch (IOException e) { throw new UncheckedIOException(e); }
    }
  }

  public Order order(Order event) { return event; }
  public Point point(Point event) { return event; }
  public Box<Point> boxed(Box<Point> event) { return event; }
  public Object any(Object event) { return event; }
  public String kind(Object event) { return ((List<?>) event).get(0).getClass().getSimpleName(); }
  public String text(String event) { return event; }
  public int number(int event) { return event; }
  public Set<Color> colors(Set<Color> event) { return event; }
  public Map<Integer, Long> keys(TreeMap<Integer, Long> event) { return event; }
  public Object empty() { return new Empty(); }
  public Object endless() { return new Node(); }
  public Object special(Object event) {
    return Arrays.asList(Double.NaN, 'c', new int[] {1}, Optional.of(1).get(), UUID.fromString("6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"), "\\ud800\\"\\u0001");
  }
  public Object setter(Number64 event) { return event; }
  public String large(int size) { return "x".repeat(size); }
}`;

describeJava('JSON', source, ({ call, classes, start }) => {
  const order = {
    ...{ id: 'a', paid: true, counts: { x: [1, 2] } },
    box: { content: { x: 1, y: 2.5, tags: ['é'], color: 'RED' } },
    ...{
      note: 'm',
      total: 0.1,
      data: 'AQI=',
      parts: [],
      color: 'BLUE',
      at: 1000,
      big: 2 ** 40,
    },
  };

  it('beans are read and written by their properties, unknown ones left out', async () => {
    const answer = await call('Functions::order', { ...order, unknown: 1, parts: [{ id: 'b' }] });
    expect(answer.json).toEqual({
      ...order,
      urlpart: null,
      parts: [expect.objectContaining({ id: 'b', paid: false, note: 'n', counts: null })],
    });
    expect(Object.keys(answer.json as object)).toEqual([
      ...['id', 'paid', 'counts', 'box', 'note', 'total', 'data', 'parts', 'color', 'at', 'big', 'urlpart'],
    ]);
  });

  it.each([
    ['point', { x: 1, y: 2, tags: null, color: 'RED' }, '{"x":1,"y":2.0,"tags":null,"color":"RED"}'],
    ['boxed', { content: { x: 1 } }, '{"content":{"x":1,"y":0.0,"tags":null,"color":null}}'],
    ['any', { b: 1, a: [1e3, 12345678901, true] }, '{"b":1,"a":[1000,12345678901,true]}'],
    ['any', null, 'null'],
    ['kind', [1.5], '"Double"'],
    ['kind', [1], '"Integer"'],
    ['kind', [2 ** 40], '"Long"'],
    ['kind', [{}], '"LinkedHashMap"'],
    ['text', 5, '"5"'],
    ['text', 'a\n"\\/é😀', '"a\\n\\"\\\\/é😀"'],
    ['number', '12', '12'],
    ['number', null, '0'],
    ['number', 1.9, '1'],
    ['colors', ['RED', 'RED'], '["RED"]'],
    ['keys', { 2: 1, 1: 3 }, '{"1":3,"2":1}'],
    ['special', 0, '["NaN","c",[1],1,"6d68ca91-49c9-448d-89b8-7ca3e6dc66aa","\\ud800\\"\\u0001"]'],
  ])('%s of %j is %s', async (method, event, result) => {
    expect(await call(`Functions::${method}`, event)).toMatchObject({
      type: frameType.response,
      body: result,
    });
  });

  it.each([
    ['text', {}, 'Cannot deserialize value of type `java.lang.String` from Object value'],
    ['number', 'x', 'Cannot deserialize value of type `int` from String value'],
    ['number', 2 ** 40, 'Cannot deserialize value of type `int` from Long value'],
    ['colors', ['GREEN'], 'Cannot deserialize value of type `Functions$Color` from String value'],
    ['order', [], 'Cannot deserialize value of type `Functions$Order` from Array value'],
    ['setter', { value: 1 }, 'Cannot set Functions$Number64.value: no 1'],
    ['any', JSON.parse('['.repeat(1001) + ']'.repeat(1001)), 'JSON is nested deeper than 1000'],
  ])('%s does not take %j', async (method, event, reason) => {
    const answer = await call(`Functions::${method}`, event);
    expect(answer.json).toEqual({
      errorMessage: 'An error occurred during JSON parsing',
      errorType: 'java.lang.RuntimeException',
      stackTrace: [],
      cause: expect.objectContaining({ errorMessage: reason }),
    });
  });

  it('a serializer of the function’s own takes the place of these rules', async () => {
    const service = 'META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer';
    const files = { ...classes(), [service]: 'Functions$Own' };
    expect((await call('Functions::text', 'x', { files })).body).toBe('<own java.lang.String>');
  });

  it.each([
    ['empty', /^No serializer found for class Functions\$Empty and no properties discovered/],
    ['endless', /^Infinite recursion$/],
  ])('%s has no JSON', async (method, reason) => {
    expect((await call(`Functions::${method}`)).json).toMatchObject({
      errorMessage: 'An error occurred during JSON serialization of response',
      cause: { errorMessage: expect.stringMatching(reason) },
    });
  });

  it.each([
    ['{nope', "Unexpected character 'n' in JSON at position 1"],
    ['[1', 'Unexpected end of JSON input'],
    ['[NaN]', "Unexpected character 'N' in JSON at position 1"],
    ['[01]', "Unexpected character '1' in JSON at position 2"],
    ['1 2', "Unexpected character '2' in JSON at position 2"],
    ['"\\x"', "Unexpected character 'x' in JSON at position 2"],
    ['"a\nb"', "Unexpected character '\n' in JSON at position 2"],
    [Buffer.from([0x22, 0xff, 0x22]), 'Invalid UTF-8'],
  ])('an event that is %j never reaches the handler', async (body, message) => {
    const answer = await call('Functions::any', Buffer.from(body));
    expect(answer).toMatchObject({ type: frameType.invalidEvent, header: { message } });
  });

  it('an empty event is an empty object', async () => {
    expect((await call('Functions::any', Buffer.alloc(0))).body).toBe('{}');
  });

  it('results that are too large become an error, and the process stays', async () => {
    const { runtime } = await start('Functions::large', { maxResponseBytes: 100, reportMemory: true });
    await using _ = runtime;
    expect(await runtime.invoke(99)).toMatchObject({
      type: frameType.error,
      header: { errorType: 'Function.ResponseSizeTooLarge', maxRssKilobytes: expect.any(Number) },
      json: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (100 bytes).',
      },
    });
    expect((await runtime.invoke(98)).body).toBe(`"${'x'.repeat(98)}"`);
  });

  it('an event of six megabytes comes through whole', async () => {
    const event = 'x'.repeat(6 * 1024 * 1024 - 2);
    expect((await call('Functions::text', event)).body.length).toBe(event.length + 2);
  });
});

const eventSource = `
package com.amazonaws.services.lambda.runtime.events;

public class Functions {
  private String eventSourceArn;
  public String getEventSourceArn() { return eventSourceArn; }
  public void setEventSourceArn(String arn) { eventSourceArn = arn; }
  public Functions echo(Functions event) { return event; }
}`;

describeJava('the classes of AWS’s events', eventSource, ({ call }) => {
  it('are read without regard to upper and lower case', async () => {
    const handler = 'com.amazonaws.services.lambda.runtime.events.Functions::echo';
    expect((await call(handler, { eventSourceARN: 'arn' })).body).toBe('{"eventSourceArn":"arn"}');
  });
});

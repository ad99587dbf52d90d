'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { functionsQuery } from './list-functions.ts';

/** Every function; the first page at once and the others as they arrive (`isComplete`). */
export function useFunctions() {
  const query = useInfiniteQuery(functionsQuery());
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const functions: FunctionConfiguration[] | undefined = query.data?.pages.flatMap(
    (page) => page.Functions ?? [],
  );
  return { ...query, functions, isComplete: query.data !== undefined && !hasNextPage };
}

import { contextOf } from "../core/context.ts";
import { createStory, deleteStory, viewStory } from "./commands.ts";
import { personal, type StoryEvent } from "./events.ts";
import { storyProjection } from "./projection.ts";
import {
  getMyStories,
  getStory,
  getStoryFeed,
  getStoryTray,
  getStoryViewers,
  getUserStories,
} from "./queries.ts";
import { storyState, storyViewState } from "./state.ts";

/** Stories: gone after 24 hours, by the clock of whoever asks and with no job that removes them. */
export const story = contextOf<StoryEvent>()({
  name: "story",
  streams: {
    StoryCreated: ({ storyId }) => `story-${storyId}`,
    StoryDeleted: ({ storyId }) => `story-${storyId}`,
    StoryViewed: ({ storyId, viewerId }) => `story-view-${storyId}-${viewerId}`,
  },
  states: { story: storyState, "story-view": storyViewState },
  commands: { CreateStory: createStory, DeleteStory: deleteStory, ViewStory: viewStory },
  queries: {
    GetStory: getStory,
    GetMyStories: getMyStories,
    GetUserStories: getUserStories,
    GetStoryFeed: getStoryFeed,
    GetStoryTray: getStoryTray,
    GetStoryViewers: getStoryViewers,
  },
  readModel: storyProjection,
  personal,
  upcasters: { StoryCreated: [(data) => ({ ...data, image: null })] },
});

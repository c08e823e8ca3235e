import AuthCard from "/work/main/components/AuthCard.tsx";
import Button from "/work/main/components/Button.tsx";
import CommentItem from "/work/main/components/CommentItem.tsx";
import EmptyState from "/work/main/components/EmptyState.tsx";
import ErrorView from "/work/main/components/ErrorView.tsx";
import FormAlert from "/work/main/components/FormAlert.tsx";
import FormField from "/work/main/components/FormField.tsx";
import Landing from "/work/main/components/Landing.tsx";
import PageTitle from "/work/main/components/PageTitle.tsx";
import PeopleList from "/work/main/components/PeopleList.tsx";
import PostCard from "/work/main/components/PostCard.tsx";
import PostGrid from "/work/main/components/PostGrid.tsx";
import ProfileHeader from "/work/main/components/ProfileHeader.tsx";
import Shell from "/work/main/components/Shell.tsx";
import Pagination from "/work/main/components/Pagination.tsx";
import CommentThread from "/work/main/islands/CommentThread.tsx";
import Composer from "/work/main/islands/Composer.tsx";
import InfiniteFeed from "/work/main/islands/InfiniteFeed.tsx";
import { comment, post, profile, user } from "/tmp/design/data.ts";
const viewer = { id: 1, username: "ana", full_name: "Ana Ruiz", profile_image_url: "/pic/a3.svg" };
const nav = ["home","search","create","messages","notifications","profile"] as const;
const S = (p: any) => <Shell viewer={viewer} path="/" nav={nav} counts={{ messages: 3, notifications: 12 }} {...p} />;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
export const pages: Record<string, () => any> = {
  landing: () => <Shell viewer={null} path="/" nav={[]} layout="full"><Landing /></Shell>,
  login: () => <Shell viewer={null} path="/auth/login" nav={[]} layout="full"><AuthCard title="Welcome back" lead="Log in to see what was developed since." footer={<>New here? <a href="/auth/register">Create an account</a></>}>
    <form class="form" method="post"><FormAlert message="Invalid credentials" /><FormField name="email" label="Email" type="email" required autocomplete="username" values={{ email: "ana@example.com" }} /><FormField name="password" label="Password" type="password" required autocomplete="current-password" /><Button wide>Log in</Button></form></AuthCard></Shell>,
  register: () => <Shell viewer={null} path="/auth/register" nav={[]} layout="full"><AuthCard title="Load your first roll" footer={<>Already here? <a href="/auth/login">Log in</a></>}>
    <form class="form" method="post">
      <FormField name="username" label="Username" required hint="3 to 30 letters, digits, dots or underscores." values={{ username: "a!" }} errors={[{ path: "username", message: "May contain letters a–z, digits, '.' and '_' only" }]} />
      <FormField name="full_name" label="Name" autocomplete="name" /><FormField name="email" label="Email" type="email" required /><FormField name="password" label="Password" type="password" required hint="At least 8 characters." /><Button wide>Create account</Button></form></AuthCard></Shell>,
  feed: () => <S><PageTitle hidden>Home</PageTitle><InfiniteFeed source="/feed" before={8} viewerId={1} returnTo="/feed">{range(8).map((i) => <PostCard key={i} post={post(16 - i)} viewerId={1} returnTo="/feed" priority={i === 0} />)}</InfiniteFeed></S>,
  post: () => <S path="/posts/12" flash="Post shared"><PostCard post={post(12, { content: "First light over the harbour. Cold hands, warm coffee. #sunrise #harbour", author_id: 1 })} viewerId={1} returnTo="/posts/12" detail priority /><CommentThread postId={12} commentCount={3} viewer={viewer} commandId="x" returnTo="/posts/12">{range(3).map((i) => <CommentItem key={i} comment={comment(9 - i)} viewerId={1} returnTo="/posts/12" />)}</CommentThread></S>,
  text: () => <S path="/posts/3"><PostCard post={post(3)} viewerId={1} returnTo="/p" detail /><PostCard post={post(7)} viewerId={1} returnTo="/p" /><PostCard post={post(11)} viewerId={1} returnTo="/p" /></S>,
  publicpost: () => <Shell viewer={null} path="/posts/12" nav={[]}><PostCard post={post(13)} viewerId={null} returnTo="/posts/13" detail priority /><CommentThread postId={13} commentCount={0} viewer={null} commandId="x" returnTo="/posts/13"></CommentThread></Shell>,
  profile: () => <S path="/@ana" layout="wide"><ProfileHeader profile={profile} viewerId={1} returnTo="/@ana" /><PostGrid posts={range(11).map((i) => post(30 - i))} /><Pagination href="?before=3" /></S>,
  stranger: () => <S path="/@ben.k" layout="wide"><ProfileHeader profile={{ ...profile, id: 2, username: "ben.k", full_name: null, profile_image_url: null, bio: null, post_count: 0 }} viewerId={1} returnTo="/@ben.k" /><EmptyState title="No pictures yet">When @ben.k shares something, it will be here.</EmptyState></S>,
  people: () => <S path="/users/1/followers"><PageTitle back={{ href: "/@ana", label: "Ana Ruiz" }}>Followers</PageTitle><PeopleList users={range(8).map(user)} viewerId={1} returnTo="/users/1/followers" /></S>,
  composer: () => <S path="/posts/new" layout="wide"><PageTitle>New post</PageTitle><Composer commandId="x" values={{ image_url: "/media/5.svg", content: "Low tide #sea" }} /></S>,
  composererror: () => <S path="/posts/new" layout="wide"><PageTitle>New post</PageTitle><Composer commandId="x" errors={[{ path: "content", message: "Write something or add a picture" }]} /></S>,
  settings: () => <S path="/users/me"><PageTitle lead="This is what people see on your profile.">Edit profile</PageTitle><form class="form" method="post"><FormField name="full_name" label="Name" values={{ full_name: "Ana Ruiz" }} /><FormField name="bio" label="About you" multiline values={{ bio: profile.bio }} /><FormField name="profile_image_url" label="Profile picture" type="url" hint="The web address of a picture." /><Button>Save</Button></form></S>,
  empty: () => <S><EmptyState title="Your roll is empty" action={{ href: "/posts/new", label: "Share your first picture" }} level={1}>Pictures of the people you follow appear here, the newest first.</EmptyState></S>,
  error: () => <S path="/x"><ErrorView status={404} /></S>,
  error500: () => <Shell viewer={null} path="/x" nav={[]}><ErrorView status={500} /></Shell>,
};
